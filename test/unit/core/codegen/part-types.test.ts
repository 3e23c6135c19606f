import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CodeLanguageId } from '#contract/model/code-languages.ts'
import type { Part } from '#contract/model/request.ts'
import { generatorOf } from '#core/codegen/languages.ts'
import { codeOf } from '../../../support/code-kit.ts'
import { tempDir } from '../../../support/temp-dir.ts'

test.each<CodeLanguageId>(['fetch', 'php', 'ruby', 'curl'])(
  '%s says the type that a file is sent with, whether it finds one or not',
  async (language) => {
    const root = await tempDir()
    await writeFile(join(root, 'a.png'), 'x')
    await writeFile(join(root, 'b.webp'), 'x')
    const part: Part = { kind: 'file', name: 'f', files: ['a.png', 'b.webp'], filename: '', enabled: true, contentType: '', headers: [] }

    const { text } = await codeOf(
      await generatorOf(language),
      { url: 'https://x.test/', method: 'POST', body: { kind: 'multipart', parts: [part] } },
      { root },
    )

    expect(text).toMatch(/a\.png[^]*image\/png[^]*b\.webp[^]*image\/webp/)
  },
)
