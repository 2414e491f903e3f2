namespace Framelane.Infrastructure.Persistence;

/// <summary>What the dispatch stores have in common.</summary>
static class DispatchStores
{
    public static InvalidOperationException NoSuchEvent(string eventId) => new($"There is no event {eventId} any more.");
}
