/** Words that stand for a secret in examples, templates and documentation. */
const words =
	/example|sample|change[_-]?(?:me|it|this)|placeholder|replace|redacted|dummy|foo.?bar|insert|your[_-]?|my[ _-]?(?:secret|token|pass|key)|not[_-]?a?[_-]?real|fake|mock|xxxx|\*\*\*|\.\.\.|todo|secret[_-]?(?:key|token|here)|abcdefg|12345678|qwerty|deadbeef|s3cr3t|p4ssw0rd|password[ _-]?here/i;

/** A value that is put in later: `$NAME`, `${NAME}`, `$(command)`, `%NAME%`, `{{ name }}`, `<name>`, `@name@`, `%s`. */
const inserted =
	/^\$[A-Za-z_{(]|^\$\$|\$\{|\{\{|^\{[\w.]+\}$|^<|^%[\w(]|^@\w+@$|^#\{|^\[.*\]$|^(?:process\.env|os\.environ|env\.)/;

/** Plain words that are no password of anybody's. */
const plain =
	/^(?:(?:user|test|my|db|root|admin|postgres|mysql|redis|guest|rabbitmq|default|secret|token|key|p[a@4]ss(?:[ _-]?w[o0]r[dt]|wd|phrase)?|pw|pwd|auth|api|none|null|nil|undefined|true|false|yes|no|empty|required|optional|string|value|file|stdin|disabled?|enabled?)[_-]?){1,4}\d{0,4}$/i;

/** Whether what stands where a secret would is none: a word of an example, a variable, or the same few characters again and again. */
export function isPlaceholder(value: string): boolean {
	const text = decoded(value);
	return (
		inserted.test(text) ||
		words.test(text) ||
		plain.test(text) ||
		plain.test(text.replace(/\W+/g, '')) ||
		!isVaried(text)
	);
}

/** Random texts of 16 characters and more have ten different ones nearly always; passwords are shorter. */
function isVaried(value: string): boolean {
	const different = new Set(value.slice(0, 200)).size;
	return different >= Math.min(8, Math.ceil(value.length / 2));
}

/** Without the escapes of a URL. */
function decoded(value: string): string {
	return value.replace(/%([2-7][0-9A-Fa-f])/g, (_, digits: string) =>
		String.fromCharCode(Number.parseInt(digits, 16)),
	);
}
