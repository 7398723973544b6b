import { parentPort } from 'node:worker_threads';
import { common, createLowlight } from 'lowlight';
import { type StyleName, syntaxStyles } from '../../../tui/model/line.ts';
import type { ColouringTask } from './colouring.ts';

type Node = ReturnType<ReturnType<typeof createLowlight>['highlight']>['children'][number];
type Syntax = (typeof syntaxStyles)[number];

/** What the classes of highlight.js mean here. */
const meanings: readonly (readonly [RegExp, Syntax])[] = [
	[/^hljs-(?:comment|quote|meta)$/, 'comment'],
	[/^hljs-(?:string|regexp|char|addition|link|code)$/, 'text'],
	[/^hljs-(?:number|literal|symbol|bullet|deletion)$/, 'number'],
	[/^hljs-(?:keyword|selector-tag|tag|name|built_in|type|doctag)$/, 'word'],
	[
		/^hljs-(?:title|attr|attribute|section|property|variable|template-variable|selector-class|selector-id|params)$/,
		'called',
	],
];

const lowlight = createLowlight(common);

parentPort?.on('message', ({ language, bytes }: ColouringTask) => {
	const text = Buffer.from(bytes).toString('utf8');
	const runs: number[] = [];
	let at = 0;
	const visit = (nodes: readonly Node[], style: StyleName | null): void => {
		for (const node of nodes) {
			if (node.type === 'text') {
				const end = at + Buffer.byteLength(node.value);
				if (style !== null) runs.push(at, end, syntaxStyles.indexOf(style as Syntax));
				at = end;
			} else if (node.type === 'element') {
				visit(node.children, meaningOf(node.properties.className) ?? style);
			}
		}
	};
	visit(lowlight.registered(language) ? lowlight.highlight(language, text).children : [], null);
	parentPort?.postMessage(Uint32Array.from(runs));
});

function meaningOf(names: unknown): Syntax | null {
	const [name] = Array.isArray(names) ? names : [];
	return meanings.find(([pattern]) => pattern.test(String(name)))?.[1] ?? null;
}
