import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readFileSync, mkdtempSync } from 'node:fs'
import { createCore } from '#core/create-core.ts'
import { portsOf } from './src-main/hosts/shell/ports.ts'
import { Session } from 'node:inspector/promises'
import { writeFileSync } from 'node:fs'
const dir = mkdtempSync('/tmp/wt/stall-')
const core = await createCore(portsOf(dir+'/data', { realPaths: true, dialogs: false, reveal: false, nativeMenu: false }, { watch: false, log: console.log }))
const file = process.argv[2]
let last = performance.now(), worst = []
const t = setInterval(() => { const n = performance.now(); if (n-last > 60) worst.push(Math.round(n-last)); last = n }, 5)
const step = async (what, f) => { worst = []; last = performance.now(); const a = last; const r = await f(); await new Promise(r => setTimeout(r, 30)); console.log(what, Math.round(performance.now()-a), 'stalls', worst.join(' '), r.ok ? '' : JSON.stringify(r)); return r }
const call = (n, i) => core.call(n, i, { clientId: 'x', signal: new AbortController().signal })
const source = process.argv[3] === 'text' ? { kind: 'text', text: readFileSync(file,'utf8') } : { kind: 'files', files: [{ path: file, name: file.split('/').at(-1) }] }
const s = new Session(); s.connect(); await s.post('Profiler.enable')
const read = await step('read', () => call('import.read', { ticket: 'x', source }))
await s.post('Profiler.start')
const w = await step('write', () => call('import.write', { importId: read.value.importId, target: { kind: 'folder', path: dir + '/c' }, hideCredentials: true }))
const { profile } = await s.post('Profiler.stop'); import('node:fs').then(f => { f.mkdirSync('/tmp/wt/prof', {recursive:true}); f.writeFileSync('/tmp/wt/prof/a.cpuprofile', JSON.stringify(profile)) })
await new Promise(r => setTimeout(r, 300)); clearInterval(t); await core.close()
