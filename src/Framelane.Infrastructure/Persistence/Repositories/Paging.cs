using Framelane.Application.Common;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

static class Paging
{
    /// <summary>A page of a query that is in order and begins after the page before: one row more tells whether others follow.</summary>
    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> rows, PageRequest request, Func<T, string> key, CancellationToken cancellationToken) =>
        ToPage(await rows.Take(request.Limit + 1).ToListAsync(cancellationToken), request, key);

    public static Page<T> ToPage<T>(List<T> rows, PageRequest request, Func<T, string> key)
    {
        if (rows.Count <= request.Limit)
            return new(rows, null);
        rows.RemoveRange(request.Limit, rows.Count - request.Limit);
        return new(rows, key(rows[^1]));
    }
}
