import { implement } from '@orpc/server';
import { contract } from '../../../common/contract/contract.ts';

/** The contract, waiting for its answers. Each file of this folder answers one area. */
export const answers = implement(contract);
