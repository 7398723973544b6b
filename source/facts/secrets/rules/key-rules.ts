import {
	isDerPrivateKey,
	isJavaStoreWithKey,
	isKeePass,
	isKeyOfAgent,
	isKeytab,
	isPkcs12WithKey,
	isSecretRing,
} from './key-formats.ts';
import type { SecretRule } from './rule.ts';

/** Private keys, and the files that hold them. */
export const keyRules = {
	'private-key': {
		title: 'a private key (PEM or OpenSSH)',
		finds: [
			{
				prefix: { text: 'PRIVATE ', follows: 3 },
				// The key has to follow, at once or as the next lines of a string: the header alone is in every program that reads keys.
				// What begins with `openssh-key-v1` and does not go on with the cipher `none` is encrypted.
				pattern:
					/(?<=-----BEGIN (?:[A-Z0-9]{2,9} )?)(?<!ENCRYPTED )PRIVATE KEY-----(?:\\+[nr]|[\s"'`+,]){1,60}(?!b3BlbnNzaC1rZXktdjEA(?!AAAABG5vbm))(?<secret>[A-Za-z0-9+/]{40,100})/y,
			},
			{ names: ['*.key', '*.der', '*.pk8', '*.p8'], isSecret: isDerPrivateKey },
		],
	},
	'encrypted-private-key': {
		title: 'a private key, encrypted with a passphrase',
		finds: [
			{
				prefix: { text: 'PRIVATE ', follows: 3 },
				pattern:
					/(?<=-----BEGIN ENCRYPTED )PRIVATE KEY-----(?:\\+[nr]|[\s"'`+,]){1,60}(?<secret>[A-Za-z0-9+/]{40,100})/y,
			},
			{
				prefix: { text: 'PRIVATE ', follows: 3 },
				pattern:
					/(?<=-----BEGIN (?:[A-Z0-9]{2,9} )?)PRIVATE KEY-----(?:\\+[nr]|[\s"'`+,]){1,60}(?:Proc-Type: 4,ENCRYPTED|b3BlbnNzaC1rZXktdjEA(?!AAAABG5vbm)[A-Za-z0-9+/]{20})/y,
			},
			{
				prefix: { text: 'PuTTY-Us', follows: 13 },
				pattern: /PuTTY-User-Key-File-\d: [\w@.-]{1,40}\r?\nEncryption: (?!none)[\w-]{1,40}\r?\n/y,
			},
		],
	},
	'putty-private-key': {
		title: 'a private key of PuTTY',
		finds: [
			{
				prefix: { text: 'PuTTY-Us', follows: 13 },
				pattern: /PuTTY-User-Key-File-\d: [\w@.-]{1,40}\r?\nEncryption: none\r?\n/y,
			},
		],
	},
	'pgp-private-key': {
		title: 'a private key of OpenPGP',
		finds: [
			{
				prefix: { text: 'PRIVATE ', follows: 3 },
				pattern:
					/(?<=-----BEGIN PGP )PRIVATE KEY BLOCK-----\r?\n(?:[A-Z][a-z]{1,20}: [^\r\n]{0,100}\r?\n){0,5}\r?\n(?<secret>[A-Za-z0-9+/]{40,100})/y,
			},
			{ names: ['private-keys-v1.d/*.key'], isSecret: isKeyOfAgent },
			{ names: ['secring.gpg'], isSecret: isSecretRing },
		],
	},
	'age-secret-key': {
		title: 'a secret key of age',
		finds: [
			{
				prefix: { text: 'AGE-SECR', follows: 60 },
				pattern: /AGE-SECRET-KEY-1(?<secret>[A-Z0-9]{58})(?![A-Z0-9])/y,
			},
		],
	},
	'wireguard-key': {
		title: 'a private key of WireGuard',
		finds: [
			{
				names: ['wireguard/*.conf'],
				pattern: /^[ \t]{0,20}PrivateKey[ \t]{0,20}=[ \t]{0,20}(?<secret>[A-Za-z0-9+/]{43}=)/gm,
			},
		],
	},
	'key-store': {
		title: 'a key store with a private key (PKCS #12 or Java)',
		finds: [
			{ names: ['*.p12', '*.pfx', '*.jks', '*.keystore'], isSecret: isPkcs12WithKey },
			{ names: ['*.jks', '*.keystore', '*.jceks'], isSecret: isJavaStoreWithKey },
		],
	},
	'password-database': {
		title: 'a database of passwords (KeePass)',
		finds: [{ names: ['*.kdbx', '*.kdb'], isSecret: isKeePass }],
	},
	'kerberos-keytab': {
		title: 'keys of Kerberos (keytab)',
		finds: [{ names: ['*.keytab'], isSecret: isKeytab }],
	},
} as const satisfies Readonly<Record<string, SecretRule>>;
