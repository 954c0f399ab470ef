import type { Account, Exchange, History, Person } from './wire'

const base = new URL('./api/', document.baseURI).pathname

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(base + path, { cache: 'no-store', ...init })
  if (!response.ok) throw new Error(`${response.status} ${path}`)
  return (await response.json()) as T
}

function post<T = object>(path: string, body: object = {}): Promise<T> {
  return call<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const of = (openid: string) => `people/${encodeURIComponent(openid)}`

export const account = () => call<Account>('account')
export const people = () => call<Person[]>('people')
export const meet = (openid: string, name: string) => post<Person>('people', { openid, name })
export const history = (openid: string, after: number) => call<History>(`${of(openid)}/history?after=${after}`)
export const exchange = (id: number) => call<Exchange>(`exchanges/${id}`)

export const say = (openid: string, text: string) => post(`${of(openid)}/say`, { text })
export const choose = (openid: string, says: string, menu_id: string) => post(`${of(openid)}/choose`, { says, menu_id })
export const press = (openid: string, key: string) => post(`${of(openid)}/press`, { key })
export const view = (openid: string, url: string) => post(`${of(openid)}/view`, { url })
export const follow = (openid: string) => post(`${of(openid)}/follow`)
export const unfollow = (openid: string) => post(`${of(openid)}/unfollow`)
export const stand = (openid: string, latitude: number, longitude: number, label: string) =>
  post(`${of(openid)}/location`, { latitude, longitude, label })
export const show = (openid: string, picture: Blob) =>
  call<object>(`${of(openid)}/picture`, {
    method: 'POST',
    headers: { 'Content-Type': picture.type },
    body: picture,
  })

export const mediaAddress = (id: string) => `${base}media/${encodeURIComponent(id)}`
