using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Persistence.Records;

namespace Framelane.Infrastructure.Persistence.Idempotency;

static class IdempotencyQueries
{
    /// <summary>The claim's record, as long as nobody else has taken the key over and nothing was committed under it.</summary>
    public static IQueryable<IdempotencyRecord> HeldUnder(this IQueryable<IdempotencyRecord> records, IdempotencyClaim claim) => records.Where(
        record => record.Scope == claim.Scope && record.Key == claim.Key && record.Token == claim.Token && record.Answer == null);
}
