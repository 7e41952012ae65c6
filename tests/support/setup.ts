import { aroundEach } from 'vitest';
import { asTest } from './running-test.ts';

aroundEach(asTest);
