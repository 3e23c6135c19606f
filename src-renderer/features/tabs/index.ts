export { OpenTabs, OPEN_TABS } from './open-tabs.tsx'
