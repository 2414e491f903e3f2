using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Common;

/// <summary>Carries a domain event through MediatR, which the domain does not know. Published after the commit.</summary>
/// <remarks>Losing one costs latency, never truth: every reader finds the same in the database.</remarks>
public sealed record DomainEventNotification<T>(T Event) : INotification
    where T : IDomainEvent;
