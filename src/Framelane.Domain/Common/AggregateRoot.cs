namespace Framelane.Domain.Common;

/// <summary>An aggregate's root: collects what happened to it until its transaction has committed.</summary>
public abstract class AggregateRoot
{
    readonly List<IDomainEvent> events = [];

    /// <summary>What happened since the events were last drained, in order.</summary>
    public IReadOnlyList<IDomainEvent> DomainEvents => events;

    /// <summary>Hands over what happened, once.</summary>
    public IReadOnlyList<IDomainEvent> DrainDomainEvents()
    {
        IDomainEvent[] drained = [.. events];
        events.Clear();
        return drained;
    }

    protected void Raise(IDomainEvent happened) => events.Add(happened);
}
