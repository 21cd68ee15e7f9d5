#!/usr/bin/env node
import { runCli } from './run.ts';

// A pipe whose reader has seen enough, as `head` does, is no failure; what matters is told by the exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await runCli(process.argv.slice(2));
