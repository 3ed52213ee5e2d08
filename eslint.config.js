import drizzle from 'eslint-plugin-drizzle'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const clock = 'Facts in, decision out: take `now` as an argument.'
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' }
const noRawSql = [
  {
    selector: "CallExpression[callee.object.name='sql'][callee.property.name='identifier']",
    message: 'Names come from column objects, never from text.',
  },
  {
    selector:
      "CallExpression[callee.object.name='sql'][callee.property.name='raw'] > :not(Literal, TemplateLiteral, CallExpression)",
    message: 'Raw SQL takes no variable.',
  },
]
const noPatternOfData = {
  selector: "NewExpression[callee.name='RegExp'] > :not(Literal)",
  message: 'A pattern made of data can hang the process.',
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/*.gen.ts',
      '**/node_modules/**',
      'data/**',
      'apps/web/public/**',
      '**/*.cjs',
      '**/*.mjs',
      'eslint.config.js',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noDefaultExport, ...noRawSql, noPatternOfData],
      eqeqeq: ['error', 'smart'],
      'no-console': 'error',
    },
  },
  {
    files: ['packages/domain/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['fetch', 'process', 'console', 'setTimeout', 'setInterval', 'performance', 'crypto'].map((name) => ({
          name,
          message: 'The domain has no clock, chance, network or process.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: clock },
        { object: 'Math', property: 'random', message: 'Chance is an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        ...noRawSql,
        noPatternOfData,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clock },
      ],
    },
  },
  {
    files: [
      'packages/domain/src/places/{cities,districts}*.ts',
      'apps/web/src/messages/**',
      'packages/domain/src/identity/common-passwords.ts',
    ],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { drizzle },
    rules: {
      'drizzle/enforce-delete-with-where': ['error', { drizzleObjectName: ['db', 'tx'] }],
      'drizzle/enforce-update-with-where': ['error', { drizzleObjectName: ['db', 'tx'] }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'config.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['apps/api/src/modules/**/*.{routes,commands}.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        ...noRawSql,
        noPatternOfData,
        {
          selector: "MemberExpression[object.name='tx'][property.name='db']",
          message: 'SQL lives in the queries file.',
        },
      ],
    },
  },
  {
    files: ['apps/api/src/config.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['apps/web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        ...noRawSql,
        noPatternOfData,
        { selector: 'JSXText[value=/\\p{L}{2,}/u]', message: 'Words come from the catalogue.' },
        {
          selector:
            'JSXAttribute[name.name=/^(aria-label|title|placeholder|alt|label)$/] > Literal[value=/\\p{L}{2,}/u]',
          message: 'Words come from the catalogue.',
        },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text only.' },
      ],
    },
  },
  {
    files: ['**/*.config.ts', 'apps/web/vite/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: [
      'scripts/**',
      'apps/api/scripts/**',
      'apps/api/src/{main,worker,stop}.ts',
      'apps/sandbox/src/main.ts',
      'tests/bench/**',
    ],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The data in a test's patterns is the test's own.
      'no-restricted-syntax': ['error', noDefaultExport, ...noRawSql],
    },
  },
)
