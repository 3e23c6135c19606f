/** The texts of the options that may hold `{{name}}`: files, proxies, other ways to the server. */
import type { FieldRef } from '#contract/errors.ts'
import type { Options } from '#contract/model/request.ts'

type MapText = (text: string, where: FieldRef) => string

/** Apply a change to each of them. */
export function mapOptionTexts(options: Options, change: MapText): Options {
  const { verify, cert, proxies, noProxy, unixSocket, resolve } = options
  const text = (value: string, field: string): string => change(value, { section: 'options', field })
  const values = <V extends string | null>(
    table: Readonly<Record<string, V>>,
    field: string,
    map: (value: V, at: string) => V,
  ): Record<string, V> => Object.fromEntries(Object.entries(table).map(([name, value]) => [name, map(value, `${field}.${name}`)]))
  return {
    ...options,
    ...(typeof verify === 'string' && { verify: text(verify, 'verify') }),
    ...(cert && { cert: Object.fromEntries(Object.entries(cert).map(([name, value]) => [name, text(value ?? '', `cert.${name}`)])) }),
    ...(proxies && { proxies: values(proxies, 'proxies', (value, at) => (value === null ? null : text(value, at))) }),
    ...(noProxy !== undefined && { noProxy: text(noProxy, 'noProxy') }),
    ...(unixSocket !== undefined && { unixSocket: text(unixSocket, 'unixSocket') }),
    ...(resolve && { resolve: values(resolve, 'resolve', text) }),
  }
}
