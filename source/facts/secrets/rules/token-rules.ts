import { type SecretRule, tokens } from './rule.ts';

/** Tokens that begin in a way of their own: in any text. */
export const tokenRules = {
	'aws-access-key': {
		title: 'an access key of AWS with its secret',
		finds: tokens(
			['AKIA', 'ASIA'],
			16,
			// The ID alone is no secret; its secret stands within some lines, in front or behind.
			/(?<![A-Za-z0-9])(?<secret>A[KS]IA[A-Z2-7]{16})(?![A-Za-z0-9])(?:(?=[\s\S]{1,200}?(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=]))|(?<=(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])[\s\S]{1,150}))/y,
		),
	},
	'github-token': {
		title: 'a token of GitHub',
		finds: [
			...tokens(
				['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
				36,
				/(?<![A-Za-z0-9_])gh[a-z]_(?<secret>[A-Za-z0-9]{36,251})(?![A-Za-z0-9_])/y,
			),
			...tokens(
				['github_p'],
				80,
				/(?<![A-Za-z0-9_])github_pat_(?<secret>[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9_])/y,
			),
		],
	},
	'gitlab-token': {
		title: 'a token of GitLab',
		finds: tokens(
			['glpat-', 'gldt-', 'glrt-', 'glptt-'],
			20,
			/(?<![A-Za-z0-9_-])gl[a-z]{2,3}-(?<secret>[A-Za-z0-9_-]{20,64})(?![A-Za-z0-9_-])/y,
		),
	},
	'slack-token': {
		title: 'a token or webhook of Slack',
		finds: [
			...tokens(
				['xoxb-', 'xoxa-', 'xoxp-', 'xoxr-', 'xoxs-'],
				20,
				/(?<![A-Za-z0-9])xox[a-z]-(?<secret>(?:\d{6,16}-){1,3}[A-Za-z0-9]{16,64})(?![A-Za-z0-9-])/y,
			),
			...tokens(
				['hooks.sl'],
				40,
				/hooks\.slack\.com\/services\/(?<secret>T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{24})(?![A-Za-z0-9])/y,
			),
		],
	},
	'stripe-key': {
		title: 'a live key of Stripe',
		finds: tokens(
			['sk_live_', 'rk_live_'],
			24,
			/(?<![A-Za-z0-9_])[rs]k_live_(?<secret>[A-Za-z0-9]{24,247})(?![A-Za-z0-9_])/y,
		),
	},
	'npm-token': {
		title: 'a token of npm',
		finds: tokens(['npm_'], 36, /(?<![A-Za-z0-9_])npm_(?<secret>[A-Za-z0-9]{36})(?![A-Za-z0-9_])/y),
	},
	'pypi-token': {
		title: 'a token of PyPI',
		finds: tokens(['pypi-AgE'], 50, /pypi-AgEI(?<secret>[A-Za-z0-9_-]{50,1000})/y),
	},
	'google-api-key': {
		title: 'an API key of Google',
		finds: tokens(['AIza'], 35, /(?<![A-Za-z0-9_-])AIza(?<secret>[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])/y),
	},
	'google-client-secret': {
		title: 'a client secret of Google',
		finds: tokens(['GOCSPX-'], 28, /(?<![A-Za-z0-9_-])GOCSPX-(?<secret>[A-Za-z0-9_-]{28})(?![A-Za-z0-9_-])/y),
	},
	'azure-storage-key': {
		title: 'an account key of Azure Storage',
		// The emulator's key, which is the same everywhere, is in the documentation.
		finds: tokens(['AccountK'], 80, /AccountKey=(?!Eby8vdM02xNOcqFl)(?<secret>[A-Za-z0-9+/]{86}==)/y),
	},
	'sendgrid-key': {
		title: 'an API key of SendGrid',
		finds: tokens(
			['SG.'],
			60,
			/(?<![A-Za-z0-9_.-])SG\.(?<secret>[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/y,
		),
	},
	'digitalocean-token': {
		title: 'a token of DigitalOcean',
		finds: tokens(
			['dop_v1_', 'doo_v1_', 'dor_v1_'],
			64,
			/(?<![A-Za-z0-9_])do[opr]_v1_(?<secret>[a-f0-9]{64})(?![A-Za-z0-9_])/y,
		),
	},
	'hugging-face-token': {
		title: 'a token of Hugging Face',
		finds: tokens(['hf_'], 34, /(?<![A-Za-z0-9_])hf_(?<secret>[A-Za-z0-9]{34})(?![A-Za-z0-9_])/y),
	},
	'openai-key': {
		title: 'an API key of OpenAI',
		// The text in the middle of each key is `OpenAI` in base64.
		finds: tokens(
			['T3BlbkFJ'],
			20,
			/(?<=(?<![A-Za-z0-9_-])sk-[A-Za-z0-9_-]{20,100})T3BlbkFJ(?<secret>[A-Za-z0-9_-]{20,100})/y,
		),
	},
	'anthropic-key': {
		title: 'an API key of Anthropic',
		finds: tokens(
			['sk-ant-'],
			80,
			/(?<![A-Za-z0-9_-])sk-ant-[a-z]{3,10}\d\d-(?<secret>[A-Za-z0-9_-]{80,120})/y,
		),
	},
	'docker-hub-token': {
		title: 'a token of Docker Hub',
		finds: tokens(
			['dckr_pat', 'dckr_oat'],
			20,
			/(?<![A-Za-z0-9_-])dckr_[op]at_(?<secret>[A-Za-z0-9_-]{27,32})(?![A-Za-z0-9_-])/y,
		),
	},
	'telegram-token': {
		title: 'the token of a Telegram bot',
		finds: tokens(
			[':AA'],
			33,
			/(?<=(?<![A-Za-z0-9])(?:bot)?\d{8,10}):AA(?<secret>[A-Za-z0-9_-]{33})(?![A-Za-z0-9_-])/y,
		),
	},
	'shopify-token': {
		title: 'a token of Shopify',
		finds: tokens(
			['shpat_', 'shpca_', 'shppa_', 'shpss_'],
			32,
			/(?<![A-Za-z0-9_])shp[a-z]{2}_(?<secret>[a-fA-F0-9]{32})(?![A-Za-z0-9_])/y,
		),
	},
	'vault-token': {
		title: 'a token of HashiCorp Vault',
		finds: tokens(['hvs.', 'hvb.'], 90, /(?<![A-Za-z0-9_.-])hv[bs]\.(?<secret>[A-Za-z0-9_-]{90,300})/y),
	},
} as const satisfies Readonly<Record<string, SecretRule>>;

/** Where no other rule says more of the line. */
export const urlRules = {
	'url-password': {
		title: 'a URL with a password',
		finds: tokens(
			['://'],
			'user-info',
			/(?<=(?<![A-Za-z0-9])[a-z][a-z0-9+.-]{1,19}):\/\/[A-Za-z0-9._~%+-]{0,64}:(?<secret>[A-Za-z0-9._~!$&*+,;=%^?#-]{8,200})@(?!(?:[\w-]{1,63}\.){0,4}(?:example|test|invalid|localhost|host|hostname|server|domain)\b)[A-Za-z0-9](?:[A-Za-z0-9.-]{1,100})/y,
		),
	},
} as const satisfies Readonly<Record<string, SecretRule>>;
