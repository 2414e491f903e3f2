using Framelane.Application.Abstractions;
using Framelane.Application.Deliveries;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Webhooks.Test;

/// <summary>Sends a <c>webhook.ping</c> now and answers the attempt: one shot, never retried, never counted towards disabling.</summary>
public sealed record TestWebhookCommand(Actor Actor, string WebhookId) : IRequest<Result<AttemptResponse>>;

sealed class TestWebhookHandler(
    IUnitOfWork unitOfWork,
    IWebhookRepository webhooks,
    IEventOutbox outbox,
    IPingSender sender,
    IdempotencyContext idempotency) : IRequestHandler<TestWebhookCommand, Result<AttemptResponse>>
{
    public async Task<Result<AttemptResponse>> Handle(TestWebhookCommand command, CancellationToken cancellationToken)
    {
        // The answer to remember is the attempt, which comes after the first of the two transactions.
        var claim = idempotency.SetAside();
        var written = await unitOfWork.ExecuteAsync(token => WriteAsync(command, token), cancellationToken);
        if (!written.IsSuccess)
            return written.Error;

        // With a claim the ping is on its way whether or not the caller still waits, and who repeats the request must get its answer and not another ping.
        if (await sender.SendAsync(written.Value, claim is null ? cancellationToken : CancellationToken.None) is not { } attempt)
            return await unitOfWork.ExecuteAsync(token => FindReasonAsync(command, token), cancellationToken);
        if (claim is null)
            return attempt;
        idempotency.Claim = claim;
        return await unitOfWork.ExecuteAsync(_ => Task.FromResult<Result<AttemptResponse>>(attempt), CancellationToken.None);
    }

    async Task<Result<PingTicket>> WriteAsync(TestWebhookCommand command, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(command.Actor.WorkspaceId, command.WebhookId, cancellationToken) is not { } webhook)
            return WebhookErrors.NotFound;
        if (!webhook.Enabled)
            return WebhookErrors.Disabled;
        return await outbox.AppendPingAsync(webhook, cancellationToken);
    }

    /// <summary>Why the ping was not sent.</summary>
    /// <exception cref="UnavailableException">For no lasting reason.</exception>
    async Task<Result<AttemptResponse>> FindReasonAsync(TestWebhookCommand command, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(command.Actor.WorkspaceId, command.WebhookId, cancellationToken) switch
        {
            null => WebhookErrors.NotFound,
            { Enabled: false } => WebhookErrors.Disabled,
            _ => throw new UnavailableException("The ping had ended, or been taken over, before it could be sent."),
        };
}
