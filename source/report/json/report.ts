import { type ByteSink, ByteStream } from '../byte-stream.ts';
import type { Reporter, ReportInput, ReportOptions } from '../reporter.ts';
import { writeChangeRows } from './change-rows.ts';
import { describeImage, describeLayer } from './json-figures.ts';
import { jsonText } from './json-text.ts';
import { PathBytes } from './path-bytes.ts';
import { writeWastedPathRows } from './wasted-path-rows.ts';

/** The whole report as JSON: what is counted first, then every wasted path, then the layers with every changed path. */
export const jsonReporter = { format: 'json', write: writeJsonReport } as const satisfies Reporter;

async function writeJsonReport(
	input: ReportInput,
	sink: ByteSink,
	{ version }: ReportOptions,
): Promise<void> {
	const { tree, analysis } = input;
	const stream = new ByteStream(sink);
	const paths = new PathBytes(tree);
	stream.buffer.appendText(`${openObject(describeImage(input, version))}\n`);
	stream.buffer.appendText('  "wastedPaths": [');
	const wastedCount = await writeWastedPathRows(stream, { wastedPaths: analysis.wastedPaths, paths });
	stream.buffer.appendText(wastedCount === 0 ? '],\n' : '\n  ],\n');
	stream.buffer.appendText('  "layers": [');
	for (const layer of analysis.layers) {
		const head = openObject(describeLayer(input, layer)).replaceAll('\n', '\n    ');
		stream.buffer.appendText(`${layer.index === 0 ? '' : ','}\n    ${head}\n`);
		stream.buffer.appendText('      "changes": [');
		const changeCount = await writeChangeRows(stream, { tree, paths, layerIndex: layer.index });
		stream.buffer.appendText(changeCount === 0 ? ']\n    }' : '\n      ]\n    }');
	}
	stream.buffer.appendText(analysis.layers.length === 0 ? ']\n}\n' : '\n  ]\n}\n');
	await stream.end();
}

/** The text of an object that goes on: without its closing brace, with a comma for what follows. */
function openObject(value: object): string {
	return jsonText(value, '  ').replace(/\n\}$/, ',');
}
