using Framelane.Application.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Backplane;
using MediatR;

namespace Framelane.Infrastructure.Rotation;

/// <summary>Re-keys this node's cached signers as soon as a change is committed, and has the other nodes re-key theirs.</summary>
/// <remarks>
/// Saves the next attempts a refused permit and a read. The promise does not rest on it: the barrier closes the gate itself, and every
/// node reads the epochs.
/// </remarks>
sealed class RekeySigners(EpochGate gate, IBackplane backplane) :
    INotificationHandler<DomainEventNotification<SecretRotated>>,
    INotificationHandler<DomainEventNotification<PreviousSecretDropped>>,
    INotificationHandler<DomainEventNotification<EndpointsChanged>>,
    INotificationHandler<DomainEventNotification<ApiKeyRevoked>>,
    INotificationHandler<DomainEventNotification<WorkspaceDeleted>>
{
    public Task Handle(DomainEventNotification<SecretRotated> notification, CancellationToken cancellationToken) => Rekey(notification.Event);

    public Task Handle(DomainEventNotification<PreviousSecretDropped> notification, CancellationToken cancellationToken) => Rekey(notification.Event);

    public Task Handle(DomainEventNotification<EndpointsChanged> notification, CancellationToken cancellationToken) => Rekey(notification.Event);

    public Task Handle(DomainEventNotification<ApiKeyRevoked> notification, CancellationToken cancellationToken) => Rekey(notification.Event);

    public Task Handle(DomainEventNotification<WorkspaceDeleted> notification, CancellationToken cancellationToken) => Rekey(notification.Event);

    Task Rekey(IEpochRaised raised)
    {
        // Not awaited: to wait for attempts that are on their way is the barrier's part.
        _ = gate.CloseAsync(raised.WorkspaceId);
        backplane.Publish(new WorkspaceRekeyed(raised.WorkspaceId, raised.Epoch));
        return Task.CompletedTask;
    }
}
