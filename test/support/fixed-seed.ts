import fc from 'fast-check';

/**
 * Properties are tried with the same values in every run, so that a change that breaks nothing never fails by another's rare
 * case. `DIALBENCH_SEED=NUMBER npm test -- --only quick` looks at others; what fails there is a defect like any other.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['DIALBENCH_SEED'] ?? 20_261_122) });
