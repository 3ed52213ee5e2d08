import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { offline } from './vite/offline.ts'
import { precompress } from './vite/precompress.ts'
import { weightLimits } from './vite/weight.ts'

const api = process.env['API_URL'] ?? 'http://127.0.0.1:3000'
const proxied = ['/api', '/hooks', '/docs', '/openapi.yaml', '/openapi.json', '/health']

const words = (...nouns: string[]): string[] => nouns.map((noun) => `/messages/fr/${noun}.ts`)

export default defineConfig({
  plugins: [
    react(),
    // A driver's round opens without network, and so does the sign-in that may come after it.
    offline({
      modules: [
        'index.html',
        'src/app/first-screen.tsx',
        'src/app/shell/shell.tsx',
        'src/features/auth/auth-layout.tsx',
        'src/features/auth/sign-in.page.tsx',
        'src/features/deliveries/deliveries.page.tsx',
        ...['fr', 'en', 'ar'].flatMap((language) =>
          ['common', 'errors', 'auth', 'deliveries', 'fields'].map((noun) => `src/messages/${language}/${noun}.ts`),
        ),
      ],
      unhashed: ['before-paint.js', 'mark.svg'],
    }),
    precompress(),
    weightLimits([
      {
        page: 'sign-in',
        modules: [
          '/index.html',
          '/auth/auth-layout.tsx',
          '/auth/sign-in.page.tsx',
          ...words('common', 'errors', 'auth', 'fields'),
        ],
        limitBytes: 220 * 1024,
      },
      {
        page: 'board',
        modules: ['/index.html', '/shell/shell.tsx', '/orders/board.page.tsx', ...words('common', 'errors', 'orders')],
        limitBytes: 350 * 1024,
      },
      {
        page: 'call screen',
        modules: ['/index.html', '/shell/shell.tsx', '/app/call-screen.tsx', ...words('common', 'errors', 'calls')],
        limitBytes: 300 * 1024,
      },
    ]),
  ],
  server: { host: '127.0.0.1', proxy: Object.fromEntries(proxied.map((path) => [path, api])) },
  build: {
    target: 'es2023',
    manifest: true,
    // A data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What changes at another pace than our code is cached apart. Mantine is left to the bundler, which shares
        // between pages only the components that they have in common.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'router', test: /node_modules[\\/](react-router|cookie-es|@remix-run)[\\/]/ },
            { name: 'query', test: /node_modules[\\/]@tanstack[\\/](query-core|react-query)[\\/]/ },
            // Sentences with markup inside bring a parser along, which the first page does not need.
            { name: 'i18n', test: /node_modules[\\/](i18next|react-i18next)[\\/](?!.*(Trans|unescape))/ },
          ],
        },
      },
    },
  },
})
