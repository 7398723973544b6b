/** The languages by what names of files end with, as highlight.js calls them. */
const byEnding: Readonly<Record<string, string>> = {
	js: 'javascript',
	mjs: 'javascript',
	cjs: 'javascript',
	jsx: 'javascript',
	ts: 'typescript',
	tsx: 'typescript',
	json: 'json',
	map: 'json',
	py: 'python',
	sh: 'bash',
	bash: 'bash',
	profile: 'bash',
	bashrc: 'bash',
	yaml: 'yaml',
	yml: 'yaml',
	toml: 'ini',
	ini: 'ini',
	conf: 'ini',
	cfg: 'ini',
	cnf: 'ini',
	properties: 'ini',
	env: 'ini',
	npmrc: 'ini',
	service: 'ini',
	xml: 'xml',
	html: 'xml',
	svg: 'xml',
	css: 'css',
	md: 'markdown',
	sql: 'sql',
	go: 'go',
	rs: 'rust',
	rb: 'ruby',
	gemspec: 'ruby',
	php: 'php',
	pl: 'perl',
	pm: 'perl',
	c: 'c',
	h: 'c',
	cpp: 'cpp',
	hpp: 'cpp',
	java: 'java',
	kt: 'kotlin',
	cs: 'csharp',
	lua: 'lua',
	diff: 'diff',
	patch: 'diff',
	mk: 'makefile',
};

const byName: Readonly<Record<string, string>> = {
	Makefile: 'makefile',
	Gemfile: 'ruby',
	Rakefile: 'ruby',
};

const byProgram: readonly (readonly [RegExp, string])[] = [
	[/^(?:ba|da|a|z|k)?sh$/, 'bash'],
	[/^python/, 'python'],
	[/^perl/, 'perl'],
	[/^ruby/, 'ruby'],
	[/^php/, 'php'],
	[/^node/, 'javascript'],
	[/^lua/, 'lua'],
];

/** The language of a text, by its name, or by the program that its first line names; null for none that is known. */
export function languageOf(path: string, bytes: Uint8Array): string | null {
	const name = path.slice(path.lastIndexOf('/') + 1);
	const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
	if (Object.hasOwn(byName, name)) return byName[name];
	if (name.includes('.') && Object.hasOwn(byEnding, ending)) return byEnding[ending];
	const [, program] =
		/^#!\s*\S*?([^/\s]+)(?:\s|$)/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1')) ?? [];
	const named = program === 'env' ? envProgram(bytes) : program;
	return byProgram.find(([pattern]) => named !== undefined && pattern.test(named))?.[1] ?? null;
}

/** The program of `#!/usr/bin/env PROGRAM`. */
function envProgram(bytes: Uint8Array): string | undefined {
	return /^#!\S+env\s+(?:-S\s+)?(\S+)/.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'))?.[1];
}
