/** The public API: read a contract, open a target, run the cases, judge and report. */
export { casesOf } from './cases/cases.ts';
export { selectCases } from './cases/select.ts';
export { loadSuite, type Suite } from './cases/suite.ts';
export { checks } from './checks/index.ts';
export { type Allowance, type Config, defineConfig, type TargetConfig } from './config/config.ts';
export { type Contract, type ContractOptions, loadContract } from './contract.ts';
export { HarnessError } from './core/errors.ts';
export { type Mock, type MockOptions, startMock } from './mock/server.ts';
export type * from './model/case.ts';
export type * from './model/document.ts';
export type * from './model/exchange.ts';
export type * from './model/record.ts';
export type * from './model/target.ts';
export type * from './model/verdict.ts';

export { junitXml } from './report/files/junit.ts';
export { markdownSummary } from './report/files/markdown.ts';
export { terminalReport } from './report/terminal/terminal.ts';
export { compareRuns, type Drift } from './results/compare.ts';
export { type AnyResponse, validateResponse } from './run/validate-response.ts';
/** @deprecated Names of version 0.1. */
export { validateResponse as departuresOf } from './run/validate-response.ts';
export type { Expectation as Promised } from './model/case.ts';
export type { CaseError as Trouble } from './model/verdict.ts';
export type { Violation as Departure } from './model/target.ts';
export { run, type RunOptions } from './run/run.ts';
export { recordRun } from './results/run-record.ts';
export { readDocument } from './openapi/document/document.ts';
export { findOperation, operationsOf } from './openapi/operation/operation.ts';
export { fixturesTarget } from './targets/fixtures/fixtures.ts';
export type { Listener, ListenerOptions } from './targets/live/listener.ts';
export { type LiveOptions, liveTarget } from './targets/live/live.ts';
export { mockTarget } from './targets/mock.ts';
export { type VerifyOptions, verifyContract } from './verify.ts';
export { readWaivers, type Waiver } from './results/waivers/waiver.ts';
