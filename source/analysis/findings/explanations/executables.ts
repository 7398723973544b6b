import type { Explanation } from './explanation.ts';

/** What is found of programs and libraries. */
export const executableExplanations = [
	{
		code: 'cannot-start',
		level: 'risk',
		needsContents: false,
		summary: 'the command of the image cannot run',
		why: 'What ENTRYPOINT and CMD name is not there, is not executable, is for another machine, or needs a loader, a library or an interpreter that the image does not have, so that a container of it stops at once. Of a command in the shell form only the shell is looked at. What a volume may bring, and a PATH with variables, is taken to be fine; a library counts as there in whatever folder it is.',
		before: [
			'FROM golang:1.26 AS build',
			'RUN go build -o /server .',
			'FROM scratch',
			'COPY --from=build /server /server',
			'ENTRYPOINT ["/server"]',
		],
		after: [
			'FROM golang:1.26 AS build',
			'RUN CGO_ENABLED=0 go build -o /server .',
			'FROM scratch',
			'COPY --from=build /server /server',
			'ENTRYPOINT ["/server"]',
		],
	},
	{
		code: 'debug-sections',
		level: 'hint',
		needsContents: true,
		summary: 'programs or libraries with debug sections, which only debuggers read',
		why: 'Debug sections are often larger than the program itself, and no running program needs them. strip --strip-unneeded takes them away, and the symbol table with them. Keep the original files if you want to debug crashes. Files for debuggers, object files and programs with an archive behind them are left out.',
		before: ['RUN make && make install'],
		after: ['RUN make && make install && strip --strip-unneeded /usr/local/bin/server'],
	},
	{
		code: 'symbol-tables',
		level: 'hint',
		needsContents: true,
		summary: 'programs or libraries with symbol tables, which only debuggers read',
		why: 'A symbol table names what is in a program. Loaders read another, smaller one, which stays. strip --strip-unneeded takes it away; -ldflags="-s -w" of go build and strip = true of Cargo do so at the build. A program of Go still prints stack traces with names. Symbols that a distribution left in its packages are there for a reason, and are left out.',
		before: ['RUN go build -o /server .'],
		after: ['RUN go build -ldflags="-s -w" -o /server .'],
	},
] as const satisfies readonly Explanation[];
