import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'reports',
      'coverage',
      'node_modules',
      '.cache',
      '.stryker-tmp',
      'suites/sdks/**/*.{js,mjs,cjs}',
      'suites/self-proof/drivers/*.mjs',
      '.ci/peers/*/**',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['eslint.config.js', '.ci/*.mjs', '.ci/*/*.mjs', '.github/actions/*/*.mjs'],
        },
      },
    },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
        {
          selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']",
          message: 'Set process.exitCode in cli.ts.',
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['*.config.ts', 'eslint.config.js'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['eslint.config.js', '.ci/*.mjs', '.ci/*/*.mjs', '.github/actions/*/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  { files: ['.ci/*.mjs', '.ci/*/*.mjs', '.github/actions/*/*.mjs'], rules: { 'no-console': 'off' } },
  { files: ['.github/actions/*/*.mjs'], rules: { 'no-restricted-syntax': 'off' } },
);
