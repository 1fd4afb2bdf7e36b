/** Bytes that this origin keeps in IndexedDB: the binary data in all its records. */
export async function storedBytes(): Promise<number> {
  let bytes = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name!));
    for (const store of Array.from(database.objectStoreNames)) {
      const records: unknown[] = await done(database.transaction(store).objectStore(store).getAll());
      for (const record of records) bytes += binaryBytes(record);
    }
    database.close();
  }
  return bytes;
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function binaryBytes(value: unknown): number {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + binaryBytes(part), 0);
}
