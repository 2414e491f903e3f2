using Framelane.Application.Abstractions;
using Framelane.Domain.Uploads;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class UploadRepository(FramelaneDbContext db, IDatabaseProvider provider) : IUploadRepository
{
    public async Task<Upload?> FindForUpdateAsync(string uploadId, CancellationToken cancellationToken) =>
        UploadId.TryParse(uploadId) is { } id ? await provider.LockUploadAsync(db, id, cancellationToken) : null;

    public void Add(Upload upload) => db.Uploads.Add(upload);
}
