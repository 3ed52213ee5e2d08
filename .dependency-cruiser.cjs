// Who may import whom. Captures make new folders protected from birth.
const api = '^apps/api/src'
const web = '^apps/web/src'
const test = '\\.test\\.tsx?$'
const pkg = (name) => `node_modules/(?:\\.pnpm/)?.*${name}`
const forbid = (name, from, to) => ({ name, severity: 'error', from, to })

module.exports = {
  forbidden: [
    forbid(
      'domain-is-pure',
      { path: '^packages/domain/src', pathNot: test },
      { pathNot: ['^packages/domain/src', pkg('typebox/'), pkg('libphonenumber-js/')] },
    ),
    forbid(
      'client-knows-the-contract-only',
      { path: '^packages/client/src' },
      { pathNot: ['^packages/client/src', pkg('openapi-fetch/')] },
    ),
    forbid(
      'enter-by-the-door',
      { path: `${api}/modules/([^/]+)/`, pathNot: test },
      { path: `${api}/modules/`, pathNot: [`${api}/modules/$1/`, '/index\\.ts$'] },
    ),
    forbid('routes-do-not-query', { path: '\\.(routes|commands)\\.ts$' }, { path: pkg('drizzle-orm/') }),
    forbid('queries-are-leaves', { path: '\\.queries\\.ts$' }, { path: '\\.(routes|commands|jobs)\\.ts$' }),
    forbid(
      'modules-know-ports',
      { path: `${api}/(modules|http|db|jobs)/`, pathNot: test },
      { path: `${api}/adapters/`, pathNot: ['/port\\.ts$'] },
    ),
    forbid('engine-below', { path: `${api}/(http|db|jobs|adapters)/`, pathNot: test }, { path: `${api}/modules/` }),
    forbid('maps-do-no-io', { path: '/map\\.ts$' }, { path: '/http\\.ts$' }),
    forbid(
      'composition-is-the-top',
      { path: `${api}/(modules|http|db|jobs|adapters)/`, pathNot: test },
      { path: `${api}/(main|worker|app|deps|modules|handlers|registry)\\.ts$`, pathNot: `${api}/deps\\.ts$` },
    ),
    forbid(
      'feature-islands',
      { path: `${web}/features/([^/]+)/` },
      { path: `${web}/features/`, pathNot: `${web}/features/$1/` },
    ),
    forbid('web-flows-down', { path: `${web}/(ui|lib)/` }, { path: `${web}/(features|app)/` }),
    forbid(
      'ui-has-no-business',
      { path: `${web}/ui/` },
      { path: `${web}/lib/`, pathNot: `${web}/lib/(format|i18n|keys)` },
    ),
    forbid('web-knows-the-contract-only', { path: web }, { path: '^apps/(api|sandbox)/' }),
    forbid('sandbox-stands-alone', { path: '^apps/sandbox/src', pathNot: test }, { path: '^apps/(api|web)/' }),
    forbid('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    forbid(
      'no-orphans',
      {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.config\\.(ts|cjs|js)$',
          '^scripts/',
          'scripts/',
          '/main\\.tsx?$',
          '/worker\\.ts$',
          test,
          '\\.gen\\.ts$',
          '^tests/',
          'apps/(web|sandbox)/public',
          // Read as text by the plugin beside it, and served as it is.
          'apps/web/vite/offline-worker\\.js$',
        ],
      },
      {},
    ),
    forbid('resolvable', {}, { couldNotResolve: true, pathNot: ['\\.css$', '^virtual:'] }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
  },
}
