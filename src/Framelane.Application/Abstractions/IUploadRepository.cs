using Framelane.Domain.Uploads;

namespace Framelane.Application.Abstractions;

public interface IUploadRepository
{
    /// <summary>The upload as it is now, locked until the transaction ends; null where there is none of that id.</summary>
    Task<Upload?> FindForUpdateAsync(string uploadId, CancellationToken cancellationToken);

    void Add(Upload upload);
}
