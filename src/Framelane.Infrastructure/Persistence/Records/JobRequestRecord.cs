using Framelane.Domain.Jobs;

namespace Framelane.Infrastructure.Persistence.Records;

/// <summary>What a job was asked for: apart from the job, which is read far more often, and may be a thousand times as large.</summary>
sealed class JobRequestRecord
{
    public required JobId JobId { get; init; }

    /// <summary>JSON in UTF-8.</summary>
    public required byte[] Document { get; init; }
}
