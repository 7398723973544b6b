/** How a cell looks, as a number. */
export type Look = number;

/** As a terminal begins. */
export const PLAIN: Look = 0;

/** The parts of a look, each as the parameters that set it; empty where it is as at the beginning (ECMA-48, "Select graphic rendition"). */
interface Parts {
	readonly bold: string;
	readonly dim: string;
	readonly underline: string;
	readonly inverse: string;
	readonly foreground: string;
	readonly background: string;
}

const plainParts: Parts = { bold: '', dim: '', underline: '', inverse: '', foreground: '', background: '' };
const known: Parts[] = [plainParts];
const numbers = new Map<string, Look>([[JSON.stringify(plainParts), PLAIN]]);
const changes = new Map<string, Look | null>();
const sequences = new Map<string, string>();

/** The look after an escape sequence that changes it; null for a sequence that no theme has. */
export function lookAfter(look: Look, sequence: string): Look | null {
	const key = `${look} ${sequence}`;
	const seen = changes.get(key);
	if (seen !== undefined) return seen;
	const parts = changed(known[look], sequence.slice(2, -1));
	const after = parts && numberOf(parts);
	changes.set(key, after);
	return after;
}

/** The shortest escape sequence that leads from one look to another. */
export function sequenceTo(from: Look, to: Look): string {
	if (from === to) return '';
	const key = `${from} ${to}`;
	const sequence = sequences.get(key) ?? sequenceBetween(known[from], known[to]);
	sequences.set(key, sequence);
	return sequence;
}

/** Whether a look shows on a cell without a character. */
export function showsOnBlank(look: Look): boolean {
	const { underline, inverse, background } = known[look];
	return underline !== '' || inverse !== '' || background !== '';
}

function numberOf(parts: Parts): Look {
	const key = JSON.stringify(parts);
	const look = numbers.get(key) ?? known.push(parts) - 1;
	numbers.set(key, look);
	return look;
}

const offs: Readonly<Record<string, Partial<Parts>>> = {
	'': plainParts,
	'0': plainParts,
	'22': { bold: '', dim: '' },
	'24': { underline: '' },
	'27': { inverse: '' },
	'39': { foreground: '' },
	'49': { background: '' },
};

const ons: Readonly<Record<string, keyof Parts>> = {
	'1': 'bold',
	'2': 'dim',
	'4': 'underline',
	'7': 'inverse',
};

function changed(parts: Parts, parameters: string): Parts | null {
	let after = parts;
	for (const [parameter] of parameters.matchAll(/[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+|^$/g)) {
		const change = offs[parameter] ?? changeFor(parameter);
		if (change === null) return null;
		after = { ...after, ...change };
	}
	return after;
}

function changeFor(parameter: string): Partial<Parts> | null {
	const part = ons[parameter];
	if (part !== undefined) return { [part]: parameter };
	if (/^(?:38;.*|3[0-7]|9[0-7])$/.test(parameter)) return { foreground: parameter };
	return /^(?:48;.*|4[0-7]|10[0-7])$/.test(parameter) ? { background: parameter } : null;
}

function sequenceBetween(from: Parts, to: Parts): string {
	const losesWeight = (from.bold !== '' && to.bold === '') || (from.dim !== '' && to.dim === '');
	const parameters = losesWeight ? ['22'] : [];
	if (to.bold !== '' && (losesWeight || from.bold === '')) parameters.push(to.bold);
	if (to.dim !== '' && (losesWeight || from.dim === '')) parameters.push(to.dim);
	if (to.underline !== from.underline) parameters.push(to.underline || '24');
	if (to.inverse !== from.inverse) parameters.push(to.inverse || '27');
	if (to.foreground !== from.foreground) parameters.push(to.foreground || '39');
	if (to.background !== from.background) parameters.push(to.background || '49');
	const anew = ['', ...Object.values(to).filter((each) => each !== '')].join(';');
	const added = parameters.join(';');
	return `\u{1B}[${anew.length < added.length ? anew : added}m`;
}
