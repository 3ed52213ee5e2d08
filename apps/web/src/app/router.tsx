import type { QueryClient } from '@tanstack/react-query'
import { createBrowserRouter, Outlet, type RouteObject, redirect } from 'react-router'
import { loadMessages } from '../lib/i18n.ts'
import { anybody, signedInOnly, signedOutOnly } from './guards.ts'
import { NotFoundPage, ProblemPage } from './problem-pages.tsx'
import { screens } from './screens.ts'

/** Pages for people who are not signed in; their words come with the first of them. */
const publicPages: RouteObject = {
  loader: () => loadMessages('auth', 'fields').then(() => null),
  HydrateFallback: () => null,
  lazy: async () => ({ Component: (await import('../features/auth/auth-layout.tsx')).AuthLayout }),
  children: [
    {
      path: '/sign-in',
      loader: signedOutOnly,
      lazy: async () => ({ Component: (await import('../features/auth/sign-in.page.tsx')).SignInPage }),
    },
    {
      path: '/sign-up',
      loader: signedOutOnly,
      lazy: async () => ({ Component: (await import('../features/auth/sign-up.page.tsx')).SignUpPage }),
    },
    {
      path: '/forgot-password',
      lazy: async () => ({ Component: (await import('../features/auth/forgot-password.page.tsx')).ForgotPasswordPage }),
    },
    {
      path: '/reset-password',
      lazy: async () => ({ Component: (await import('../features/auth/reset-password.page.tsx')).ResetPasswordPage }),
    },
    {
      path: '/invitation',
      loader: anybody,
      lazy: async () => ({ Component: (await import('../features/auth/invitation.page.tsx')).InvitationPage }),
    },
  ],
}

const signedInPages = (queries: QueryClient): RouteObject => ({
  path: '/',
  id: 'shell',
  loader: signedInOnly(queries),
  HydrateFallback: () => null,
  lazy: async () => ({ Component: (await import('./shell/shell.tsx')).Shell }),
  children: [
    {
      // A page that fails leaves the shell around it standing.
      ErrorBoundary: ProblemPage,
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./first-screen.tsx')).FirstScreen }) },
        { path: '/settings', loader: () => redirect('/settings/account') },
        ...screens.map(({ path, lazy }) => ({ id: path, path, lazy })),
        { path: '*', Component: NotFoundPage },
      ],
    },
  ],
})

/** All addresses of the app. Screens behind the sign-in are listed in screens.ts. */
export const createRouter = (queries: QueryClient) =>
  createBrowserRouter([
    { Component: Outlet, ErrorBoundary: ProblemPage, children: [publicPages, signedInPages(queries)] },
  ])
