import { DirectoryOutput } from '../../../src/core/outputs/directory/directory-output.ts';
import { markOfFile } from '../../../src/core/outputs/git/git-landing.ts';
import { CountingOutput, emptyPlace } from './counting-output.ts';
import { AroundPush, Remote } from './git-world.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { Meter } from './meter.ts';
import { type OutputWorld, outputContract } from './output-contract.ts';

outputContract('that is a directory', (): OutputWorld => {
  const meter = new Meter();
  const directory = new MemoryDirectory(meter);
  const files = async (folder: string): Promise<readonly (readonly [string, string | undefined])[]> => {
    const found: (readonly [string, string | undefined])[] = [];
    for (const { name, type } of await directory.entries(folder)) {
      const path = `${folder}/${name}`;
      if (type === 'folder') found.push(...(await files(path)));
      else found.push([path, await directory.read(path)]);
    }
    return found;
  };
  return {
    meter,
    open: () => new DirectoryOutput(directory),
    seen: () => files('config/current'),
    marks: async () => (await directory.entries('revisions')).map(({ name }) => name),
    alter: async () => {
      const [first] = await files('config/current/manifests');
      await directory.replaceFile(first![0], 'other');
    },
    displace: () => directory.pointLink('config/current', '../elsewhere'),
  };
});

outputContract('that counts', (): OutputWorld => {
  const meter = new Meter();
  const place = emptyPlace();
  return {
    meter,
    open: () => new CountingOutput(place, meter),
    seen: () => Promise.resolve(new Map([...place.objects].sort())),
    marks: () => Promise.resolve([...place.marks.keys()]),
    alter: () => {
      const [ref = ''] = place.objects.keys();
      place.objects.set(ref, 'other');
      return Promise.resolve();
    },
    displace: () => {
      place.current = 'elsewhere';
      return Promise.resolve();
    },
  };
});

outputContract('that is a branch of Git', (): OutputWorld => {
  const meter = new Meter();
  const remote = new Remote();
  const folder = 'clusters/eu';
  const files = (): readonly string[] =>
    remote.files().flatMap((file) => (file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1)] : []));
  return {
    meter,
    open: () => remote.open({ folder }, (one) => new AroundPush(one, (push) => meter.writing(push))),
    seen: () =>
      Promise.resolve(
        files().flatMap((file) =>
          file.startsWith('.mesh/') ? [] : [[file, remote.file(`${folder}/${file}`)]],
        ),
      ),
    marks: () => Promise.resolve(files().flatMap((file) => markOfFile(file) ?? [])),
    alter: () => {
      const file = files().find((one) => one.startsWith('shop/'));
      remote.commit({ [`${folder}/${file ?? ''}`]: 'other' });
      return Promise.resolve();
    },
    displace: () => {
      remote.git('update-ref', '-d', 'refs/heads/main');
      remote.commit({ 'README.md': 'a history of its own' });
      return Promise.resolve();
    },
  };
});
