// SPDX-License-Identifier: Apache-2.0
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const rules = {
	'@typescript-eslint/no-explicit-any': 'error',
	'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
	'@typescript-eslint/consistent-type-imports': 'error',
	'eqeqeq': ['error', 'always', { null: 'ignore' }],
	'no-var': 'error',
	'prefer-const': 'error',
	'no-eval': 'error',
};

export default defineConfig([
	globalIgnores(['**/node_modules', '.cache', 'dist', 'test-results', 'playwright-report', 'luci-app-nft-offload/htdocs', 'luci-lib-uplot/htdocs']),
	{
		files: ['**/*.{ts,tsx}'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { projectService: true } },
		rules: { ...rules, '@typescript-eslint/require-await': 'off' },
	},
	{
		files: ['**/*.{js,mjs}'],
		extends: [tseslint.configs.recommended],
		rules,
	},
	{
		/* No way from a fact to markup: text is text. */
		files: ['web/src/**/*.{ts,tsx}'],
		rules: {
			'no-restricted-syntax': ['error',
				{ selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Facts from the router are text.' },
				{ selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]', message: 'Facts from the router are text.' },
			],
		},
	},
]);
