using System.CommandLine;
using Framelane.Application.Operators;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Api.Operators;

/// <summary>A command that does something to the installation.</summary>
/// <param name="run">Does it; the error that it answers is why it could not be done.</param>
sealed class OperatorCommand(string name, string description, Func<OperatorCall, CancellationToken, Task<Error?>> run) : Command(name, description)
{
    public Func<OperatorCall, CancellationToken, Task<Error?>> Run => run;
}

/// <summary>What a command works with.</summary>
sealed record OperatorCall(ParseResult Line, IServiceProvider Services, TextWriter Output)
{
    public ISender Sender => Services.GetRequiredService<ISender>();

    /// <summary>A line of columns. Names come from strangers: what would end a line or command a terminal is written as a space.</summary>
    public Task WriteAsync(params string?[] columns) => Output.WriteLineAsync(string.Join('\t', columns.Select(Plain)));

    static string? Plain(string? text) => text is null ? null : string.Concat(text.Select(each => char.IsControl(each) ? ' ' : each));

    /// <summary>The operator, as one who acts on that workspace.</summary>
    public async Task<Result<Actor>> ActorAsync(Argument<string> workspace, CancellationToken cancellationToken)
    {
        var found = await Sender.Send(new FindWorkspaceQuery(Line.GetRequiredValue(workspace)), cancellationToken);
        return found.IsSuccess ? Actor.System(found.Value) : found.Error;
    }
}
