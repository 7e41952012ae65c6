import { defineConfig, mergeConfig } from 'vitest/config';
import suites from '../vitest.config.ts';
import { TellingFirst } from './telling-first.ts';

/** The suites, in the order in which a mistake is noticed soonest. */
export default mergeConfig(
  suites,
  defineConfig({ test: { sequence: { sequencer: TellingFirst } } }),
);
