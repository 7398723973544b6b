import { isPlaceholder } from '../placeholder.ts';

/** `API_KEY`, `NPM_TOKEN`, `DB_PASSWORD`, `AWS_SECRET_ACCESS_KEY`, `com.example.token`; not `GPG_KEY`, which is public, nor `TOKEN_URL`. */
const secretName =
	/(?:^|[_.-])(?:token|password|pass|passwd|passphrase|secret|(?:api|private|access|secret|account|encryption)[_-]?key|secret[_-]key[_-]base|credentials?)$/i;

/** `--password` and `--db-password`, which a value follows; not `--disabled-password`, which is a switch. */
const switchName =
	/^(?:no|non|not|dis|disabled?|without|with|skip|empty|ask|force|expire|change|reset|require|use|has|enable|allow|show|generate|lock|set)[_.-]/i;

/** A version of a package, such as `pass=1.7.4-5` asks for. */
const version = /^(?:\d{1,3}:)?\d{1,8}(?:\.\d{1,8}){1,4}(?:[-+~.][\w.+~-]{0,40}|[a-z]\w{0,10})?$/i;

const MOST_CHARACTERS = 255;

/** Whether settings of this name are secrets. */
export function isSecretName(name: string): boolean {
	return name.length <= MOST_CHARACTERS && secretName.test(name);
}

/** Whether a value is a secret by the name of its setting. */
export function isNamedSecret(name: string, value: string): boolean {
	return isSecretName(name) && !isHarmless(value) && !isPlaceholder(value);
}

/** The same for `NAME=VALUE` in a command, which may as well be a package and its version. */
export function isAssignedSecret(name: string, value: string): boolean {
	return isNamedSecret(name, value) && !version.test(value);
}

/** Whether the word after a flag of this name, without its dashes, is a secret. */
export function isFlaggedSecret(name: string, value: string): boolean {
	return !switchName.test(name) && !/^(?:-|\w{1,20}=)/.test(value) && isAssignedSecret(name, value);
}

/** Nothing, a switch, a limit, a path or an address. */
function isHarmless(value: string): boolean {
	return (
		value.length < 4 ||
		/^\d{1,7}$/.test(value) ||
		/^(?:on|off|true|false|never|always)$/i.test(value) ||
		/^(?:\.{0,2}|~)\/|^\w+:\/\/[^@]*$/.test(value)
	);
}
