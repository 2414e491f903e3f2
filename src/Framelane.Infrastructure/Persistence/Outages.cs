using System.Data.Common;
using Framelane.Application.Abstractions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Framelane.Infrastructure.Persistence;

/// <summary>Looks through what EF wraps a database's failures in.</summary>
sealed class Outages(IDatabaseProvider provider) : IOutages
{
    public bool IsOutage(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is UnavailableException or TimeoutException or RetryLimitExceededException or CommitUncertainException
                || (cause is DbException fault && provider.IsOutage(fault)))
                return true;
        }

        return false;
    }
}
