using Framelane.Application.Common;
using Framelane.Domain.Common;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence;

/// <summary>Tells the rest of this process what was committed.</summary>
sealed class DomainEventPublisher(IPublisher publisher, ILogger<DomainEventPublisher> logger)
{
    /// <summary>A listener that fails is logged: what happened is committed, and nothing rests on hearing of it.</summary>
    public async Task PublishAsync(IDomainEvent happened)
    {
        try
        {
            var notification = Activator.CreateInstance(typeof(DomainEventNotification<>).MakeGenericType(happened.GetType()), happened)!;
            await publisher.Publish(notification, CancellationToken.None);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "A handler of {Event} failed.", happened.GetType().Name);
        }
    }
}
