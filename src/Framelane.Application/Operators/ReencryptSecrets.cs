using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Operators;

/// <inheritdoc cref="ISecretReencryption.RunAsync"/>
public sealed record ReencryptSecretsCommand(string? NewMasterKeyFile) : IRequest<Result<ReencryptionReport>>;

/// <inheritdoc cref="Reencrypted"/>
public sealed record ReencryptionReport(int Workspaces, int Answers, int Mails);

sealed class ReencryptSecretsHandler(ISecretReencryption reencryption) : IRequestHandler<ReencryptSecretsCommand, Result<ReencryptionReport>>
{
    public async Task<Result<ReencryptionReport>> Handle(ReencryptSecretsCommand command, CancellationToken cancellationToken)
    {
        var done = await reencryption.RunAsync(command.NewMasterKeyFile, cancellationToken);
        return done.IsSuccess ? new ReencryptionReport(done.Value.Workspaces, done.Value.Answers, done.Value.Mails) : done.Error;
    }
}
