using Framelane.Application.Abstractions;
using Framelane.Application.Deliveries;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Webhooks.Test;

/// <summary>Sends a <c>webhook.ping</c> now and answers the attempt: one shot, never retried, never counted towards disabling.</summary>
public sealed record TestWebhookCommand(Actor Actor, string WebhookId) : IRequest<Result<AttemptResponse>>;

sealed class TestWebhookHandler(IUnitOfWork unitOfWork, IWebhookRepository webhooks, IEventOutbox outbox, IPingSender sender)
    : IRequestHandler<TestWebhookCommand, Result<AttemptResponse>>
{
    public async Task<Result<AttemptResponse>> Handle(TestWebhookCommand command, CancellationToken cancellationToken)
    {
        var written = await unitOfWork.ExecuteAsync<PingTicket>(
            async token =>
            {
                if (await webhooks.FindAsync(command.Actor.WorkspaceId, command.WebhookId, token) is not { } webhook)
                    return WebhookErrors.NotFound;
                if (!webhook.Enabled)
                    return WebhookErrors.Disabled;
                return await outbox.AppendPingAsync(webhook, token);
            },
            cancellationToken);
        return written.IsSuccess ? await sender.SendAsync(written.Value, cancellationToken) : written.Error;
    }
}
