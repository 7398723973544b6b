import type { SecretRule } from './rule.ts';

/** What is secret by its place in files of known names. */
export const fileRules = {
	'npm-credentials': {
		title: 'credentials for a registry of npm packages',
		finds: [
			{
				names: ['.npmrc', 'npmrc'],
				pattern: /(?:^|:)_(?:authToken|auth|password)[ \t]{0,20}=[ \t]{0,20}"?(?<secret>[^\s"]{8,1000})/gm,
			},
			{
				names: ['.yarnrc.yml'],
				pattern: /^[ \t]{0,20}npmAuth(?:Token|Ident):[ \t]{0,20}["']?(?<secret>[^\s"']{8,1000})/gm,
			},
		],
	},
	'python-index-password': {
		title: 'the password for a Python package index',
		finds: [
			{
				names: ['.pypirc'],
				pattern: /^[ \t]{0,20}password[ \t]{0,20}[=:][ \t]{0,20}(?<secret>\S{4,1000})/gm,
			},
		],
	},
	'netrc-password': {
		title: 'a password in .netrc',
		finds: [
			{ names: ['.netrc', '_netrc'], pattern: /(?:^|[ \t])password[ \t]{1,20}(?<secret>\S{4,1000})/gm },
		],
	},
	'registry-credentials': {
		title: 'credentials for a container registry',
		finds: [
			{
				names: ['.docker/config.json', '.dockercfg', '.dockerconfigjson', 'containers/auth.json'],
				pattern:
					/"(?:auth|identitytoken|registrytoken|password)"[ \t]{0,20}:[ \t]{0,20}"(?<secret>[^"\s]{8,4000})"/g,
			},
		],
	},
	'kubernetes-credentials': {
		title: 'credentials for a Kubernetes cluster',
		finds: [
			{
				names: ['.kube/config', 'kubeconfig', '*.kubeconfig', 'kubernetes/*.conf'],
				pattern:
					/^[ \t-]{0,40}(?:client-key-data|token|password):[ \t]{0,20}["']?(?<secret>[^\s"']{8,10000})/gm,
			},
			{
				names: ['serviceaccount/token'],
				pattern:
					/^(?<secret>eyJ[A-Za-z0-9_-]{20,2000}\.[A-Za-z0-9_-]{20,4000}\.[A-Za-z0-9_-]{20,2000})\s{0,2}$/g,
			},
		],
	},
	'git-credentials': {
		title: 'stored credentials of Git',
		finds: [
			{
				names: ['.git-credentials', 'git/credentials'],
				pattern: /^https?:\/\/[^\s:@/]{0,200}:(?<secret>[^\s@/]{4,1000})@/gm,
			},
		],
	},
	'aws-credentials': {
		title: 'credentials of AWS',
		finds: [
			{
				names: ['.aws/credentials', '.aws/config', '.boto', '.s3cfg'],
				pattern:
					/^[ \t]{0,20}(?:aws_secret_access_key|aws_session_token|secret_key)[ \t]{0,20}=[ \t]{0,20}(?<secret>[^\s]{16,4000})/gim,
			},
		],
	},
	'cloud-login': {
		title: 'the stored login of a cloud command line',
		finds: [
			{
				names: ['application_default_credentials.json', 'accessTokens.json', 'msal_token_cache.json'],
				pattern:
					/"(?:refresh_?token|access_?token|secret)"[ \t]{0,20}:[ \t]{0,20}"(?<secret>[^"\s]{16,4000})"/gi,
			},
		],
	},
	'environment-file': {
		title: 'an environment file with a secret',
		finds: [
			{
				names: ['.env', '.env.*', '*.env', '.envrc'],
				pattern:
					/^[ \t]{0,20}(?:export[ \t]{1,20})?(?!\w{0,60}PUBLIC)(?:\w{0,60}_)?(?:API_?KEY|SECRET_?KEY|ACCESS_?KEY|PRIVATE_?KEY|ENCRYPTION_?KEY|APP_KEY|SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PWD)(?:_BASE|_?\d{1,3}){0,2}[ \t]{0,20}=[ \t]{0,20}["']?(?<secret>[^\s"'#]{6,4000})/gim,
			},
		],
	},
	'wordpress-password': {
		title: 'the database password of WordPress',
		finds: [
			{
				names: ['wp-config.php'],
				pattern:
					/^[ \t]{0,20}define\(\s{0,20}['"]DB_PASSWORD['"]\s{0,20},\s{0,20}['"](?<secret>[^'"\r\n]{4,200})['"]/gm,
			},
		],
	},
	'terraform-state': {
		title: 'a secret in the state of Terraform',
		finds: [
			{
				names: ['*.tfstate', '*.tfstate.backup'],
				pattern:
					/"(?:\w{0,40}_)?(?:password|secret|secret_key|private_key|access_key|token|connection_string)"[ \t]{0,20}:[ \t]{0,20}"(?<secret>[^"]{6,4000})"/g,
			},
		],
	},
	'password-hash': {
		title: 'the hash of a password',
		finds: [
			{
				names: ['etc/shadow', 'etc/shadow-', 'etc/gshadow', 'etc/gshadow-', 'etc/master.passwd'],
				pattern:
					/^[^:\s]{1,64}:!{0,2}(?:\$[0-9a-z]{1,8}\$(?<secret>[^:\s]{8,400})|_?[./A-Za-z0-9]{13,20})(?=:)/gm,
			},
			{
				names: ['.htpasswd', 'htpasswd', '*.htpasswd'],
				pattern:
					/^[^:\s#]{1,64}:(?:\$(?:apr1|2[abxy]|5|6)\$(?<secret>[^:\s]{8,400})|\{SHA\}[A-Za-z0-9+/=]{27,28})/gm,
			},
		],
	},
	'database-password': {
		title: "a database client's password",
		finds: [
			{ names: ['.pgpass'], pattern: /^(?!#)(?:[^:\r\n]{1,200}:){4}(?<secret>[^\s:]{4,200})/gm },
			{
				names: ['.my.cnf', '.mylogin.cnf', 'debian.cnf'],
				pattern: /^[ \t]{0,20}password[ \t]{0,20}=[ \t]{0,20}["']?(?<secret>[^\s"']{4,200})/gm,
			},
		],
	},
	'package-manager-credentials': {
		title: 'credentials of a package manager',
		finds: [
			{
				names: ['.composer/auth.json', 'composer/auth.json', 'auth.json'],
				pattern:
					/"(?:password|github\.com|gitlab\.com|[\w.-]{1,80}-token)"[ \t]{0,20}:[ \t]{0,20}"(?<secret>[^"\s]{8,400})"/g,
			},
			{
				names: ['.gem/credentials'],
				pattern: /^:?[\w-]{1,60}:[ \t]{0,20}(?:Bearer |Basic )?(?<secret>[A-Za-z0-9_+/=-]{20,200})/gm,
			},
			{
				names: ['.cargo/credentials', '.cargo/credentials.toml'],
				pattern: /^[ \t]{0,20}token[ \t]{0,20}=[ \t]{0,20}"(?<secret>[^"\s]{8,1000})"/gm,
			},
			{
				names: ['.m2/settings.xml', 'maven/settings.xml'],
				pattern: /<(?:password|passphrase)>(?<secret>[^<\s]{4,400})<\//g,
			},
		],
	},
	'rails-master-key': {
		title: 'the master key of a Rails application',
		finds: [{ names: ['config/master.key'], pattern: /^(?<secret>[0-9a-f]{32})\s{0,2}$/g }],
	},
} as const satisfies Readonly<Record<string, SecretRule>>;
