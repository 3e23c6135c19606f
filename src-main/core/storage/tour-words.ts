/** What the tour and the first collection say, in the language of whoever is shown around. */
import type { Language } from '#contract/model/language.ts'

/** A request: its name, which is its file's too, and what is said about it. */
interface StepWords {
  readonly name: string
  readonly notes: string
}

export interface TourWords {
  /** Names of the tour and of the collection that the first requests are saved in. */
  readonly tour: string
  readonly mine: string
  /** The folder whose credentials its requests have. */
  readonly folder: string
  readonly steps: {
    readonly params: StepWords
    readonly json: StepWords
    readonly file: StepWords
    readonly variable: StepWords
    readonly capture: StepWords
    readonly bearer: StepWords
    readonly assertions: StepWords
    readonly redirects: StepWords
  }
  readonly nextStep: string
  /** After the last step. @param first file of the first one */
  readonly end: (first: string) => string
  /** Value of the variable `greeting` in the collection. */
  readonly greeting: string
  /** The environments, with their own. */
  readonly environments: readonly { readonly name: string; readonly greeting: string }[]
  /** What the file that is uploaded holds. */
  readonly fileText: string
}

const ENGLISH: TourWords = {
  tour: 'Welcome',
  mine: 'My requests',
  folder: '6 Signed in',
  steps: {
    params: {
      name: '1 Query params',
      notes:
        'Press **Send**: the built-in echo server answers with what it received, and nothing leaves this machine. Then change `page` in Params or in the address: each follows the other.',
    },
    json: {
      name: '2 JSON body',
      notes:
        'The text under **Body** is sent as it stands, and the Content-Type is added. **Prepared request**, below, shows all that will be sent, before it is.',
    },
    file: {
      name: '3 A file',
      notes:
        'Under **Body**: a form with a text and a file, as web pages upload them. Drop a file of your own anywhere on the window and send again: it is read while it is sent, however large it is.',
    },
    variable: {
      name: '4 A variable',
      notes:
        '`{{greeting}}` is a variable of this collection. Choose the environment **French** on top and send again: its value comes first. More in [the manual](manual:variables).',
    },
    capture: {
      name: '5 A value for later',
      notes:
        'Send it: a capture under **Tests** takes `token` out of the answer and into a variable, here one that is made anew each time. The next request uses it.',
    },
    bearer: {
      name: 'Who am I',
      notes:
        'Its **Auth** is inherited: the folder says “Bearer `{{token}}`” once, for every request in it. Without step 5 there is no token yet, and Posthaste says so before it sends anything.',
    },
    assertions: {
      name: '7 Assertions',
      notes:
        'What the answer must be stands under **Tests**, and what held stands beside the answer. Change 200 to 201 and send again to see one fail. More in [the manual](manual:assertions).',
    },
    redirects: {
      name: '8 Redirects',
      notes: 'Every hop is kept: look under **Redirects** beside the answer. How many are followed, or none, is said under **Options**.',
    },
  },
  nextStep: 'Next step: ',
  end: (first) =>
    `That was the tour: [back to its beginning](<${first}>), or read on in [the manual](manual:). Delete it when you like; Help brings it back.`,
  greeting: 'Hello',
  environments: [
    { name: 'French', greeting: 'Bonjour' },
    { name: 'Spanish', greeting: 'Hola' },
  ],
  fileText: 'Hello from a file.\n',
}

const CHINESE: TourWords = {
  tour: '欢迎',
  mine: '我的请求',
  folder: '6 已登录',
  steps: {
    params: {
      name: '1 查询参数',
      notes:
        '按“**发送**”：内置的回显服务器会返回它收到的内容，任何数据都不会离开本机。然后在“**参数**”或地址中修改 `page`：两处会保持同步。',
    },
    json: {
      name: '2 JSON 正文',
      notes: '“**正文**”下的文本会原样发送，并自动添加 Content-Type。下方的“**待发送请求**”会在发送之前显示将要发送的全部内容。',
    },
    file: {
      name: '3 文件',
      notes:
        '“**正文**”下是一个包含一段文本和一个文件的表单，与网页上传文件的方式相同。将自己的文件拖放到窗口任意位置并再次发送：无论文件多大，都会边读取边发送。',
    },
    variable: {
      name: '4 变量',
      notes: '`{{greeting}}` 是此集合的变量。在顶部选择环境“**法语**”并再次发送：环境中的值优先。详见[手册](manual:variables)。',
    },
    capture: {
      name: '5 留待后用的值',
      notes: '发送此请求：“**测试**”中的提取会从响应中取出 `token` 并存入变量，这里的值每次都会重新生成。下一个请求会用到它。',
    },
    bearer: {
      name: '我是谁',
      notes:
        '它的“**认证**”是继承而来的：文件夹中只设置一次“Bearer `{{token}}`”，即可用于其中的每个请求。没有完成第 5 步就还没有令牌，Posthaste 会在发送任何内容之前给出提示。',
    },
    assertions: {
      name: '7 断言',
      notes:
        '对响应的要求写在“**测试**”中，检查结果显示在响应旁边。将 200 改为 201 并再次发送，即可看到断言失败。详见[手册](manual:assertions)。',
    },
    redirects: {
      name: '8 重定向',
      notes: '每次跳转都会保留：请查看响应旁边的“**重定向**”。跟随多少次，或者不跟随，在“**选项**”中设置。',
    },
  },
  nextStep: '下一步：',
  end: (first) => `导览到此结束：[回到开头](<${first}>)，或继续阅读[手册](manual:)。可以随时将其删除；通过“帮助”可以重新打开。`,
  greeting: '你好',
  environments: [
    { name: '法语', greeting: 'Bonjour' },
    { name: '西班牙语', greeting: 'Hola' },
  ],
  fileText: '来自文件的问候。\n',
}

export const TOUR_WORDS: Readonly<Record<Language, TourWords>> = { en: ENGLISH, 'zh-CN': CHINESE }
