// The state of the page: who is talking, what was said, which raw exchange is open. Polls the server, since customer
// messages may arrive at any time.

import { computed, reactive } from 'vue'
import * as api from './api'
import demoPeople from './data/people.json'
import type { Account, Entry, Exchange, Part, Person } from './wire'

export interface Citizen {
  openid: string
  name: string
  colour: string
  about: string
}

export const state = reactive({
  account: null as Account | null,
  citizens: demoPeople as Citizen[],
  known: {} as Record<string, Person>,
  current: '',
  following: false,
  typing: false,
  waiting: 0,
  entries: [] as Entry[],
  loaded: false,
  trouble: '',
  raw: null as Exchange | null,
  rawWanted: 0,
})

export const citizen = computed(
  () => state.citizens.find((one) => one.openid === state.current) ?? state.citizens[0],
)

// Every answer belongs to the person that was asked for; a late one of another person is dropped.
async function refresh(): Promise<void> {
  const openid = state.current
  const after = state.entries.length ? state.entries[state.entries.length - 1].seq : 0
  const news = await api.history(openid, after)
  if (openid !== state.current) return
  const last = state.entries.length ? state.entries[state.entries.length - 1].seq : 0
  state.entries.push(...news.entries.filter((entry) => entry.seq > last))
  state.following = news.following
  state.typing = news.typing
  state.waiting = news.waiting
  state.loaded = true
  state.trouble = ''
}

let timer = 0

async function poll(): Promise<void> {
  window.clearTimeout(timer)
  try {
    await refresh()
  } catch {
    state.trouble = '暂时连不上服务器，正在重试……'
  }
  window.clearTimeout(timer)
  timer = window.setTimeout(poll, state.waiting ? 400 : 2500)
}

export async function start(): Promise<void> {
  state.account = await api.account()
  for (const one of await api.people()) {
    state.known[one.openid] = one
    if (!state.citizens.some((c) => c.openid === one.openid))
      state.citizens.push({ openid: one.openid, name: one.name, colour: '#5b6b7b', about: '' })
  }
  const wanted = decodeURIComponent(location.hash.slice(1))
  await turnTo(state.citizens.some((one) => one.openid === wanted) ? wanted : state.citizens[0].openid)
}

export async function turnTo(openid: string): Promise<void> {
  const who = state.citizens.find((one) => one.openid === openid) ?? state.citizens[0]
  state.current = who.openid
  state.entries = []
  state.loaded = false
  state.raw = null
  state.rawWanted = 0
  window.history.replaceState(null, '', '#' + encodeURIComponent(who.openid))
  if (!state.known[who.openid]) state.known[who.openid] = await api.meet(who.openid, who.name)
  await poll()
}

export async function invite(name: string): Promise<void> {
  const random = crypto.getRandomValues(new Uint32Array(3))
  const openid = ('oDemo' + Array.from(random, (n) => n.toString(36)).join('') + '0'.repeat(28)).slice(0, 28)
  state.citizens.push({ openid, name, colour: '#2f6f8f', about: '新来的居民' })
  await turnTo(openid)
}

// Shows at once what was sent, and the answer when it is there.
async function act(work: (openid: string) => Promise<unknown>): Promise<void> {
  const done = work(state.current)
  state.waiting += 1
  window.clearTimeout(timer)
  timer = window.setTimeout(poll, 120)
  try {
    await done
  } catch {
    state.trouble = '没有发送出去，请再试一次。'
    return
  }
  await poll()
}

export const say = (text: string) => act((who) => api.say(who, text))
export const press = (key: string) => act((who) => api.press(who, key))
export const view = (url: string) => act((who) => api.view(who, url))
export const follow = () => act(api.follow)
export const unfollow = () => act(api.unfollow)
export const show = (picture: Blob) => act((who) => api.show(who, picture))
export const stand = (latitude: number, longitude: number, label: string) =>
  act((who) => api.stand(who, latitude, longitude, label))

export function tap(part: Part): void {
  if (part.says !== undefined) void act((who) => api.choose(who, part.says ?? '', part.menu_id ?? ''))
  else if (part.href) window.open(part.href, '_blank', 'noopener')
}

export async function openRaw(id: number): Promise<void> {
  state.rawWanted = id
  state.raw = null
  try {
    const found = await api.exchange(id)
    if (state.rawWanted === id) state.raw = found
  } catch {
    state.rawWanted = 0
    state.trouble = '这条往来的原始报文已不在服务器内存中。'
  }
}

export function closeRaw(): void {
  state.rawWanted = 0
  state.raw = null
}
