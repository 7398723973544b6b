import { describe, test } from 'node:test';
import { formatInstruction, instructionLines, instructionOf } from '../../source/text/instruction.ts';

describe('an instruction as its author wrote it', () => {
	/** What a builder records, and the instruction. */
	const shapes: readonly (readonly [recorded: string, instruction: string])[] = [
		// BuildKit
		['RUN /bin/sh -c apk add nginx # buildkit', 'RUN apk add nginx'],
		['RUN |2 V=1 LONG=a b c /bin/sh -c echo one # buildkit', 'RUN echo one'],
		['RUN |2 V=1 LONG=a b c /bin/bash -o pipefail -c echo two # buildkit', 'RUN echo two'],
		['RUN |1 TOKEN=x y /bin/bash -euxo pipefail -c echo four # buildkit', 'RUN echo four'],
		['RUN |1 A= /bin/sh -c make # buildkit', 'RUN make'],
		['RUN |2 A=/bin/sh -c x B=2 /bin/sh -c make # buildkit', 'RUN make'],
		['RUN |1 OPTIONS=-a B=2 /bin/ash -eo pipefail -c make # buildkit', 'RUN make'],
		['RUN |1 A=1 /bin/sh -c su app -s /bin/sh -c "make" # buildkit', 'RUN su app -s /bin/sh -c "make"'],
		['RUN |2 /bin/bash -c pip install -e /src # buildkit', 'RUN pip install -e /src'],
		['RUN |1 A=1 python -m pip install x # buildkit', 'RUN python -m pip install x'],
		[
			'RUN |1 BUILD_DATE=2025-02-15T13:30:29+00:00 /bin/sh -c echo "**** x ****" &&   apk add',
			'RUN echo "**** x ****" &&   apk add',
		],
		['RUN /usr/bin/make install # buildkit', 'RUN /usr/bin/make install'],
		['RUN /bin/bash --login -c nvm use 22 # buildkit', 'RUN nvm use 22'],
		['RUN /bin/bash -ceuo pipefail make # buildkit', 'RUN make'],
		['RUN /usr/bin/env bash -c make # buildkit', 'RUN make'],
		['RUN /bin/zsh -lc make # buildkit', 'RUN make'],
		['RUN /busybox/sh -c make # buildkit', 'RUN make'],
		[
			'RUN /bin/sh -c set -e\napt-get update\n  apt-get clean\n # buildkit',
			'RUN set -e\napt-get update\n  apt-get clean',
		],
		['RUN /bin/sh -c cat <<EOF > /a\nb  c\nEOF # buildkit', 'RUN cat <<EOF > /a\nb  c\nEOF'],
		['RUN /dev/pipes/EOF # buildkit', 'RUN /dev/pipes/EOF'],
		['RUN <<EOF (apt-get update...)', 'RUN <<EOF (apt-get update...)'],
		['COPY --chown=1:1 /app /app # buildkit', 'COPY --chown=1:1 /app /app'],
		['ADD alpine-minirootfs-3.20.tar.gz / # buildkit', 'ADD alpine-minirootfs-3.20.tar.gz /'],
		['WORKDIR /srv', 'WORKDIR /srv'],
		['ENV PATH=/bin', 'ENV PATH=/bin'],
		['CMD ["sh"]', 'CMD ["sh"]'],
		['EXPOSE map[8080/tcp:{}]', 'EXPOSE 8080/tcp'],
		['EXPOSE map[443/tcp:{} 53/udp:{}]', 'EXPOSE 443/tcp 53/udp'],
		['/bin/sh -c #(nop)  EXPOSE map[80/tcp:{}]', 'EXPOSE 80/tcp'],
		['EXPOSE map[8080/tcp]', 'EXPOSE map[8080/tcp]'],
		// The first builder of Docker, and Buildah
		[
			'/bin/sh -c apt-get update &&     apt-get install -y x',
			'RUN apt-get update &&     apt-get install -y x',
		],
		['|1 A=1 /bin/bash -c echo five', 'RUN echo five'],
		['/bin/bash -o pipefail -c make', 'RUN make'],
		['/bin/sh -c #(nop) ADD file:9ceca008 in / ', 'ADD file:9ceca008 in /'],
		['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"]'],
		['/bin/bash -o pipefail -c #(nop) COPY dir:0a in /x ', 'COPY dir:0a in /x'],
		['|1 A=1 /bin/sh -c #(nop)  ENV B=1', 'ENV B=1'],
		// Windows
		['cmd /S /C #(nop)  USER ContainerAdministrator', 'USER ContainerAdministrator'],
		['cmd /S /C powershell -Command iwr x', 'RUN powershell -Command iwr x'],
		['RUN |1 A=b c cmd /S /C dir C:\\ # buildkit', 'RUN dir C:\\'],
		['C:\\Windows\\System32\\cmd.exe /S /C dir', 'RUN dir'],
		[
			"powershell -Command $ErrorActionPreference = 'Stop'; iwr x",
			"RUN $ErrorActionPreference = 'Stop'; iwr x",
		],
		['pwsh.exe -NoLogo -ExecutionPolicy Bypass -Command iwr x', 'RUN iwr x'],
		// Everybody else
		['RUN apk add nginx', 'RUN apk add nginx'],
		['COPY context/foo /foo', 'COPY context/foo /foo'],
		['bazel build ...', 'bazel build ...'],
		['jib-gradle-plugin:3.4.0', 'jib-gradle-plugin:3.4.0'],
		['ko build ko://example.com/cmd', 'ko build ko://example.com/cmd'],
		['BusyBox 1.37.0 (glibc), Debian 12', 'BusyBox 1.37.0 (glibc), Debian 12'],
		['/bin/sh', '/bin/sh'],
		['bash', 'bash'],
		['|x', '|x'],
		['', ''],
	];
	for (const [recorded, instruction] of shapes) {
		test(`${JSON.stringify(recorded)} is ${JSON.stringify(instruction)}`, (t) => {
			t.assert.equal(instructionOf(recorded), instruction);
		});
	}

	test('lacks any shell that the image names', (t) => {
		const preferences = "powershell -Command $ErrorActionPreference = 'Stop';";
		t.assert.equal(instructionOf(`${preferences} iwr x`, [preferences]), 'RUN iwr x');
		t.assert.equal(instructionOf('RUN |1 A=b /opt/run -x make # buildkit', ['/opt/run -x']), 'RUN make');
		t.assert.equal(instructionOf('/opt/run -xy make', ['/opt/run -x']), '/opt/run -xy make');
	});
});

describe('an instruction that is shown', () => {
	test('in one line has signs where its lines ended, but behind an operator', (t) => {
		t.assert.equal(
			formatInstruction('RUN set -e\n  make\r\nmake install'),
			'RUN set -e ↵ make ↵ make install',
		);
		t.assert.equal(formatInstruction('RUN a   &&\n\tb |\nc'), 'RUN a && b | c');
	});

	test('in lines keeps them and their indentation', (t) => {
		t.assert.deepEqual(instructionLines('RUN if true; then\n  echo a   b\nfi\n'), [
			'RUN if true; then',
			'  echo a b',
			'fi',
		]);
	});

	test('has nothing that a terminal obeys, and an end', (t) => {
		t.assert.equal(formatInstruction('RUN \u001B[2J\u202E'), 'RUN \\x1B[2J\\u{202E}');
		t.assert.deepEqual(instructionLines('a\u0007\nb'), ['a\\x07', 'b']);
		t.assert.equal(formatInstruction('x'.repeat(10_000)).length, 2000);
	});
});
