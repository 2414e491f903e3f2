using Framelane.Infrastructure.Persistence.Records;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Deletes remembered answers, which are found by scope and key together.</summary>
static class RememberedAnswers
{
    /// <param name="records">In no order, in which EF would ask each row of the table. Asked for again as they are deleted: a key may have been claimed anew meanwhile.</param>
    /// <param name="order">The one of an index that finds them.</param>
    /// <returns>How many went.</returns>
    public static Task<int> DrainAsync(
        DatabaseWriter writer,
        FramelaneDbContext db,
        IQueryable<IdempotencyRecord> records,
        Func<IQueryable<IdempotencyRecord>, IOrderedQueryable<IdempotencyRecord>> order,
        TimeProvider time,
        CancellationToken cancellationToken) => writer.DrainAsync(
        db,
        order(records).Select(record => new { record.Scope, record.Key }),
        found => found.GroupBy(record => record.Scope, record => record.Key).Select(scope =>
        {
            var (name, keys) = (scope.Key, scope.ToArray());
            return records.Where(record => record.Scope == name && keys.Contains(record.Key));
        }),
        time,
        cancellationToken);
}
