import { FactError } from '../../fact-reader.ts';
import { boundedText } from '../field-limits.ts';

export interface GemHeader {
	readonly name: string;
	readonly version: string;
	/** Null for pure Ruby. */
	readonly platform: string | null;
}

const MOST_DEPENDENCIES = 10_000;
const MOST_FILES = 100_000;

const stub = /^# stub: (\S+) (\S+) (\S+)/;
const assignment =
	/^\s*s\.(name|version|platform) = (?:Gem::Version\.new\()?(?:"([^"]*)"|'([^']*)'|%q\{([^}]*)\})/;
const dependency = /^\s*s\.add_(runtime_)?dependency\(? ?(?:%q<([^>]*)>|"([^"]*)"|'([^']*)')/;

/** Takes the lines of a specification as RubyGems writes it (`Gem::Specification#to_ruby`): each says one thing. Nothing is evaluated. */
export class GemLines {
	readonly files: string[] = [];
	readonly #header = new Map<string, string>();
	readonly #runtime = new Set<string>();
	readonly #any = new Set<string>();
	/** Where it asks for it, the plain calls are for a RubyGems that knows no kinds, and name what developers need, too. */
	#knowsRuntime = false;

	line(line: string): void {
		const start = line.trimStart();
		if (start.startsWith('# stub: ')) this.#stub(start);
		else if (start.startsWith('s.files = [')) this.#files(start);
		else if (start.startsWith('s.add_')) this.#dependency(start);
		else if (start.includes('respond_to? :add_runtime_dependency')) this.#knowsRuntime = true;
		else if (start.startsWith('s.')) this.#assignment(start);
	}

	header(): GemHeader {
		const name = this.#header.get('name');
		const version = this.#header.get('version');
		if (!name || !version) throw new FactError('it does not say a name and a version');
		const platform = this.#header.get('platform') ?? 'ruby';
		return { name, version, platform: platform === 'ruby' ? null : platform };
	}

	/** The names of the gems that it needs to run. */
	dependencies(): readonly string[] {
		return [...(this.#knowsRuntime ? this.#runtime : this.#any)];
	}

	/** `# stub: name version platform paths`; a second such line names extensions. */
	#stub(line: string): void {
		const match = this.#header.size === 0 ? stub.exec(line) : null;
		if (!match) return;
		this.#set('name', match[1]);
		this.#set('version', match[2]);
		this.#set('platform', match[3]);
	}

	#assignment(line: string): void {
		const match = assignment.exec(line);
		if (match && !this.#header.has(match[1])) this.#set(match[1], match[2] ?? match[3] ?? match[4]);
	}

	#set(name: string, value: string): void {
		this.#header.set(name, boundedText(value, `a ${name}`));
	}

	#dependency(line: string): void {
		const match = dependency.exec(line);
		if (!match) return;
		if (this.#any.size === MOST_DEPENDENCIES)
			throw new FactError(`more than ${MOST_DEPENDENCIES} dependencies`);
		const name = boundedText(match[2] ?? match[3] ?? match[4], 'a dependency');
		if (match[1] !== undefined) {
			this.#knowsRuntime = true;
			this.#runtime.add(name);
		}
		this.#any.add(name);
	}

	#files(line: string): void {
		for (const [, file] of line.matchAll(/"([^"\\]+)"/g)) {
			if (this.files.length === MOST_FILES) throw new FactError(`more than ${MOST_FILES} files`);
			this.files.push(Buffer.from(file, 'utf8').toString('latin1'));
		}
	}
}
