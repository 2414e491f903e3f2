using Amazon.Runtime;
using Framelane.Application.Abstractions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Framelane.Infrastructure.Persistence;

/// <summary>Looks through what EF wraps a database's failures in; storage's are those of a server that does not answer, and of a full disk.</summary>
sealed class Outages(IDatabaseProvider provider) : IOutages
{
    /// <summary>ENOSPC and EDQUOT of Linux, and Windows' ERROR_DISK_FULL.</summary>
    static readonly int[] Full = [28, 122, unchecked((int)0x80070070)];

    public bool IsOutage(Exception failure) => failure.WithCauses().Any(cause =>
        cause is UnavailableException or TimeoutException or RetryLimitExceededException or CommitUncertainException or HttpRequestException
        || provider.IsOutage(cause)
        || (cause is AmazonServiceException refused && IsOutage((int)refused.StatusCode))) || IsFull(failure);

    public bool IsFull(Exception failure) => failure.WithCauses().Any(cause => cause is IOException && Full.Contains(cause.HResult));

    /// <summary>0 where there was no answer.</summary>
    static bool IsOutage(int status) => status is 0 or 429 or >= 500;
}
