import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { joinRuns, withCopyFlag } from '../../../source/text/dockerfile/edit-instruction.ts';
import { instructionOf } from '../../../source/text/instruction.ts';

/** What the user has, or a builder recorded of it, and the line with another owner; null where none can be shown. */
const owned: readonly (readonly [title: string, from: string, to: string | null])[] = [
	['a plain copy', 'COPY . /app', 'COPY --chown=1000:1000 . /app'],
	['JSON form', 'COPY ["my file", "/app/"]', 'COPY --chown=1000:1000 ["my file", "/app/"]'],
	[
		'a heredoc',
		'COPY <<EOF /etc/app.conf\nport = 80\n\n# note\nEOF',
		'COPY --chown=1000:1000 <<EOF /etc/app.conf\nport = 80\n\n# note\nEOF',
	],
	['another stage', 'COPY --from=build /out/app /app', 'COPY --chown=1000:1000 --from=build /out/app /app'],
	['several sources', 'COPY a.js b.js lib/ ./', 'COPY --chown=1000:1000 a.js b.js lib/ ./'],
	['a quoted blank', 'COPY "a b" /app/', 'COPY --chown=1000:1000 "a b" /app/'],
	['another owner', 'COPY --link --chown=root:root . /app', 'COPY --link --chown=1000:1000 . /app'],
	['the same owner', 'COPY --chown=1000:1000 . /app', null],
	['a URL', 'ADD https://example.com/a.tgz /a/', 'ADD --chown=1000:1000 https://example.com/a.tgz /a/'],
	['lower case', 'copy . /app', 'copy --chown=1000:1000 . /app'],
	[
		'continuation lines',
		'COPY \\\n  --from=build \\\n  # both\n  a b \\\n  /app/',
		'COPY --chown=1000:1000 \\\n  --from=build \\\n  # both\n  a b \\\n  /app/',
	],
	['what BuildKit records', 'COPY . /app # buildkit', 'COPY --chown=1000:1000 . /app'],
	['what the classic builder records', '/bin/sh -c #(nop) COPY dir:3f2a9cd1e8 in /app ', null],
	['the same with an owner', '/bin/sh -c #(nop) COPY --chown=app:app file:3f2a9cd1e8 in /app ', null],
	['another instruction', 'RUN cp -r . /app', null],
	['a trigger for other images', 'ONBUILD COPY . /app', null],
	['nothing but a keyword', 'COPY', null],
];

/** Two instructions, and one that does what they do; null where none can be shown. */
const joined: readonly (readonly [title: string, first: string, second: string, to: string | null])[] = [
	['two commands', 'RUN make', 'RUN chown -R 1:1 /out', 'RUN make && chown -R 1:1 /out'],
	[
		'continuation lines, operators first',
		'RUN apt-get update \\\n    && apt-get install -y curl',
		'RUN rm -rf /var/lib/apt/lists/*',
		'RUN apt-get update \\\n    && apt-get install -y curl \\\n    && rm -rf /var/lib/apt/lists/*',
	],
	[
		'continuation lines, operators last',
		'run apt-get update && \\\n  # for the build\n  apt-get install -y curl\n',
		'run rm -rf /var/lib/apt/lists/*',
		'run apt-get update && \\\n  # for the build\n  apt-get install -y curl && \\\n  rm -rf /var/lib/apt/lists/*',
	],
	[
		'arguments of the build',
		'RUN |2 V=1 T=a b /bin/sh -c make $V # buildkit',
		'RUN |1 V=1 /bin/sh -c strip /out/app # buildkit',
		'RUN make $V && strip /out/app',
	],
	[
		'a cache that the second leaves alone',
		'RUN --mount=type=cache,target=/root/.cache pip install .',
		'RUN rm -rf /usr/share/doc',
		'RUN --mount=type=cache,target=/root/.cache pip install . && rm -rf /usr/share/doc',
	],
	[
		'a cache that the second would empty',
		'RUN --mount=type=cache,target=/root/.cache/ pip install .',
		'RUN rm -rf /root/.cache',
		null,
	],
	['no network in the first', 'RUN --network=none make', 'RUN apk del make', null],
	['a mount of the second', 'RUN make', 'RUN --mount=type=secret,id=a rm -r /a', null],
	['exec form', 'RUN ["make", "all"]', 'RUN rm -r /src', null],
	['exec form of the second', 'RUN make', 'RUN ["rm", "-r", "/src"]', null],
	['a test, which is no exec form', 'RUN [ -d /a ]', 'RUN rm -r /a', 'RUN [ -d /a ] && rm -r /a'],
	['a heredoc', 'RUN <<EOF\nmake\nEOF', 'RUN rm -r /src', null],
	['what BuildKit records of a heredoc', 'RUN /bin/sh -c set -e\nmake\n # buildkit', 'RUN rm -r /src', null],
	['another folder', 'RUN cd /src && make', 'RUN rm -r out', 'RUN (cd /src && make) && rm -r out'],
	['a variable', 'RUN V=1; make', 'RUN rm -r /src$V', 'RUN (V=1; make) && rm -r /src$V'],
	['a variable that is not asked for', 'RUN V=1; make $V;', 'RUN rm -r /a', 'RUN V=1; make $V && rm -r /a'],
	['options of the shell', 'RUN set -eux; make;', 'RUN rm -r /src', 'RUN set -eux; make && rm -r /src'],
	['one that may fail', 'RUN make', 'RUN rm /a || true', 'RUN make && { rm /a || true; }'],
	['a list', 'RUN make', 'RUN rm /a; rm /b;', 'RUN make && { rm /a; rm /b; }'],
	['quoted operators', 'RUN make', 'RUN echo "a; b" 2>&1', 'RUN make && echo "a; b" 2>&1'],
	['a comment of the shell', 'RUN make # all', 'RUN rm -r /src', null],
	['a name with a number sign', 'RUN make a#b', 'RUN rm -r /src', 'RUN make a#b && rm -r /src'],
	['in the background', 'RUN serve &', 'RUN rm -r /src', null],
	['a quotation without an end', 'RUN echo "a', 'RUN rm -r /src', null],
	['a copy', 'COPY . /src', 'RUN rm -r /src', null],
];

describe('an instruction as it should be', () => {
	for (const [title, from, to] of owned)
		test(`has an owner: ${title}`, () => {
			const text = instructionOf(from);
			const edit = withCopyFlag(text, 'chown', '1000:1000');
			assert.deepEqual(edit, to === null ? null : { from: text, to });
			if (edit === null) return;
			assert.deepEqual(operandsOf(edit.to), operandsOf(edit.from));
			assert.ok(flagsOf(edit.to).includes('chown=1000:1000'));
		});

	for (const [title, first, second, to] of joined)
		test(`does what two did: ${title}`, () => {
			const [from, next] = [instructionOf(first), instructionOf(second)];
			const edit = joinRuns(from, next);
			assert.equal(edit?.to ?? null, to);
			if (edit !== null) assert.deepEqual(flagsOf(edit.to), flagsOf(edit.from));
		});

	test('has no mode where an archive brings its own', () => {
		assert.equal(withCopyFlag('ADD app.tar.gz /', 'chmod', '0755'), null);
		assert.equal(
			withCopyFlag('ADD https://example.com/app.tar.gz /', 'chmod', '0755')?.to,
			'ADD --chmod=0755 https://example.com/app.tar.gz /',
		);
	});

	test('is one instruction with the same operands, whatever the text', () => {
		const part = fc.constantFrom(
			'COPY',
			' ',
			'\\\n',
			'--chown=a',
			'--from=b',
			'c',
			'"',
			'[',
			'\n',
			'<<E',
			'#',
			',',
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
				const edit = withCopyFlag(`COPY ${parts.join('')}`, 'chown', '1:1');
				if (edit === null || edit.from.includes('<<')) return;
				assert.deepEqual(operandsOf(edit.to), operandsOf(edit.from));
			}),
		);
	});

	test('is looked for in linear time', () => {
		for (const text of [
			`COPY ${'--a '.repeat(4000)}`,
			`COPY${' \\\n'.repeat(5000)}`,
			`RUN ${'a=;'.repeat(5000)}`,
		]) {
			withCopyFlag(text, 'chown', '1:1');
			joinRuns(text, text);
		}
	});
});

function flagsOf(text: string): readonly string[] {
	return [...text.matchAll(/(?<=\s)--([a-z]+=\S+)/g)].map(([, flag]) => flag);
}

/** The arguments behind the flags, as an independent parser sees them; there has to be one instruction. */
function operandsOf(text: string): readonly string[] {
	const instructions = DockerfileParser.parse(text).getInstructions();
	assert.equal(instructions.length, 1);
	return instructions[0]
		.getArguments()
		.map((argument) => argument.getValue())
		.filter((value) => !value.startsWith('--'));
}
