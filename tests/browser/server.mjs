// The server under test: HEJIE_URL when it is set, else `hejie serve --demo` on a free port with a database of its own.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.on('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}

async function ready(url, child, said) {
  const end = Date.now() + 30_000
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said()}`)
    try {
      if ((await fetch(url + '/readyz')).ok) return
    } catch {
      // not listening yet
    }
    await new Promise((next) => setTimeout(next, 50))
  }
  throw new Error(`the server was not ready in 30 s:\n${said()}`)
}

export async function startServer() {
  if (process.env.HEJIE_URL) return { url: process.env.HEJIE_URL.replace(/\/$/, ''), stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'hejie-browser-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(
    process.env.HEJIE,
    ['serve', '--demo', '--listen', `127.0.0.1:${port}`, '--database', `sqlite:${folder}/demo.db`],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let text = ''
  child.stdout.on('data', (some) => (text += some))
  child.stderr.on('data', (some) => (text += some))
  const gone = new Promise((done) => child.on('exit', done))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await ready(url, child, () => text)
  } catch (trouble) {
    await stop()
    throw trouble
  }
  return { url, stop, log: () => text }
}
