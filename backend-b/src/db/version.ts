import prisma from '@prisma/client/package.json' with { type: 'json' };

export const ormVersion = prisma.version;
