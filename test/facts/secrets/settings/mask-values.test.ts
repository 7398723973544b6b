import { describe, test } from 'node:test';
import {
	maskInstruction,
	maskSetting,
	maskText,
	maskVariable,
	maskWords,
} from '../../../../source/facts/secrets/settings/mask-values.ts';

/** In pieces, so that no scanner takes this file for one with a secret in it. */
const token = ['ghp', 'R7kQ2vX9bLm4TzW8nYc3JfHs6DpA1gEu5KtV'].join('_');
const awsId = ['AKIA', 'MYTBX2KJQEVTAVET'].join('');
const awsSecret = ['w0tESulEETldq8b8Vw2z', 'bJYAxyL1aCcTlN99mhWp'].join('');
const value = 'g7Qz1vR9xT2mK4wB';
const login = Buffer.from(`user:${value}`).toString('base64');

describe('an instruction', () => {
	const masked: readonly (readonly [string, string])[] = [
		[`ENV NPM_TOKEN=${value} MODE=dev`, 'ENV NPM_TOKEN=*** MODE=dev'],
		[`ENV NPM_TOKEN="${value} b=c" MODE=dev`, 'ENV NPM_TOKEN="***" MODE=dev'],
		[`ENV PASSPHRASE=correct horse battery MODE=dev`, 'ENV PASSPHRASE=*** MODE=dev'],
		[`ENV DB_PASSWORD correct horse`, 'ENV DB_PASSWORD ***'],
		[`/bin/sh -c #(nop)  ENV API_KEY=${value}`, '/bin/sh -c #(nop)  ENV API_KEY=***'],
		[`ENV A=b \\\n  API_KEY=${value} \\\n  C=d`, 'ENV A=b \\\n  API_KEY=*** \\\n  C=d'],
		[`LABEL "com.example.token"="${value}"`, 'LABEL "com.example.token"="***"'],
		[`ONBUILD ARG NPM_TOKEN=${value}`, 'ONBUILD ARG NPM_TOKEN=***'],
		[
			`RUN |2 NPM_TOKEN=a ${value} V=1 /bin/sh -c npm ci # buildkit`,
			'RUN |2 NPM_TOKEN=*** V=1 /bin/sh -c npm ci # buildkit',
		],
		[`|1 NPM_TOKEN=a ${value} /bin/sh -c npm ci`, '|1 NPM_TOKEN=*** /bin/sh -c npm ci'],
		[`RUN git clone https://x:${token}@github.com/a/b`, 'RUN git clone https://x:***@github.com/a/b'],
		[`RUN é ${token} é`, 'RUN é ghp_*** é'],
		[`RUN NPM_TOKEN=${value} npm ci && rm a`, 'RUN NPM_TOKEN=*** npm ci && rm a'],
		[`RUN export DB_PASSWORD='${value} b'; make`, "RUN export DB_PASSWORD='***'; make"],
		[
			`RUN printf 'A=${awsId}\\nAWS_SECRET_ACCESS_KEY=${awsSecret}\\n' > a`,
			"RUN printf 'A=***\\nAWS_SECRET_ACCESS_KEY=***\\n' > a",
		],
		[`RUN aws ${awsId} ${awsSecret}`, 'RUN aws *** ***'],
		[`RUN app --password ${value} --db-password=${value}`, 'RUN app --password *** --db-password=***'],
		[`CMD ["app" "--token" "${value}"]`, 'CMD ["app" "--token" "***"]'],
		[`RUN echo '{"password": "${value}"}' > a`, `RUN echo '{"password": "***"}' > a`],
		[`RUN echo "{\\"password\\": \\"${value}\\"}" > a`, `RUN echo "{\\"password\\": \\"***\\"}" > a`],
		[`RUN echo '{"auths":{"r":{"auth":"${login}"}}}'`, `RUN echo '{"auths":{"r":{"auth":"***"}}}'`],
		[`RUN echo "machine a login b password ${value}" > a`, 'RUN echo "machine a login b password ***" > a'],
		[`RUN curl https://a.test/?access_token=${value}&b=c`, 'RUN curl https://a.test/?access_token=***&b=c'],
	];
	for (const [text, expected] of masked)
		test(`keeps all but the value: ${expected}`, (t) => {
			t.assert.equal(maskInstruction(text), expected);
			t.assert.equal(maskInstruction(expected), expected);
		});

	const kept: readonly string[] = [
		'ENV GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568',
		'ENV DB_PASSWORD_FILE=/run/secrets/db DB_PASSWORD=/run/secrets/db',
		'ENV TOKEN_URL=https://example.com/oauth MAX_TOKEN=4096',
		'ARG NPM_TOKEN',
		'RUN NPM_TOKEN=$(cat /run/secrets/npm) npm ci',
		'RUN NPM_TOKEN="$(cat /run/secrets/npm)" npm ci',
		'RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci',
		'RUN apt-get install pass=1.7.4-5 passwd=1:4.8.1-1ubuntu5.20.04.4',
		'RUN adduser --disabled-password --gecos "" app',
		'RUN adduser --disabled-password appuser',
		"RUN sed -i 's/^password=.*/password=$PASSWORD/' a",
		'RUN [ "$TOKEN" = "" ] || exit 1',
		'RUN docker build --secret id=npm_token,src=a .',
		'RUN echo $PASSWORD --password-stdin user',
		'RUN echo "***"',
		'HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1',
	];
	for (const text of kept)
		test(`stays as it is: ${text}`, (t) => {
			t.assert.equal(maskInstruction(text), text);
		});
});

test('the value of a setting goes as a whole by its name, and else the part that looks secret', (t) => {
	t.assert.equal(maskVariable(`API_KEY=${value}`), 'API_KEY=***');
	t.assert.equal(maskVariable('NO_EQUALS'), 'NO_EQUALS');
	t.assert.equal(maskVariable(`${token}=a`), 'ghp_***=a');
	t.assert.equal(maskSetting('URL', `postgres://u:${value}@db.internal/a`), 'postgres://u:***@db.internal/a');
	t.assert.equal(maskSetting('MODE', 'production'), 'production');
});

test('words of a command go after flags that are called so', (t) => {
	t.assert.deepEqual(
		maskWords(['app', '--api-key', value, `--token=${value}`, '--disabled-password', 'user']),
		['app', '--api-key', '***', '--token=***', '--disabled-password', 'user'],
	);
});

test('a secret is found at any place of a long text', (t) => {
	for (const before of [0, 256 * 1024 - 20, 600_000]) {
		const text = `${'word '.repeat(before / 5)}${token} end`;
		t.assert.equal(maskText(text).includes(token.slice(4)), false);
		t.assert.equal(maskText(text).length, text.length - token.length + 'ghp_***'.length);
	}
});
