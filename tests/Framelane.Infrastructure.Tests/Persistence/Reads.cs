using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>How many statements were sent that read.</summary>
sealed class Reads : DbCommandInterceptor
{
    int count;

    public int Count => Volatile.Read(ref count);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref count);
        return new(result);
    }
}
