using System.CommandLine;
using Framelane.Domain.Common;

namespace Framelane.Api.Operators;

/// <summary>
/// <c>admin …</c> is the operator's command line: it serves nothing, but does one thing to the installation whose settings it is given, beside
/// servers that run or without any. Answers go to standard output, everything else to standard error.
/// </summary>
/// <remarks>What it does not know it takes for settings (<c>--Framelane:DataPath=…</c>), as the server does.</remarks>
sealed class OperatorLine
{
    const string Switch = "admin";

    readonly ParseResult line;

    OperatorLine(ParseResult line, string[] settings) => (this.line, Settings) = (line, settings);

    /// <summary>The arguments that are settings.</summary>
    public string[] Settings { get; }

    /// <returns>Null where the server is meant.</returns>
    public static OperatorLine? Of(string[] args)
    {
        if (args.Length == 0 || args[0] != Switch)
            return null;
        var (own, settings) = Split(args[1..]);
        return new(OperatorCommands.Root(Switch).Parse([Switch, .. own]), settings);
    }

    /// <summary>Help, and faults of the line itself, which need no installation.</summary>
    /// <returns>The exit code; null where there is something to do.</returns>
    public int? Refuse(TextWriter output, TextWriter faults) => line.CommandResult.Command is OperatorCommand && line.Errors.Count == 0 && line.Action is null
        ? null
        : line.Invoke(new() { Output = output, Error = faults });

    /// <returns>The exit code: 0 where it was done.</returns>
    public async Task<int> RunAsync(IServiceProvider services, TextWriter output, TextWriter faults, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var command = (OperatorCommand)line.CommandResult.Command;
        if (await command.Run(new(line, scope.ServiceProvider, output), cancellationToken) is not { } error)
            return 0;
        await faults.WriteLineAsync(Text(error));
        return 1;
    }

    static string Text(Error error) => error is Application.Common.ValidationError invalid
        ? string.Join('\n', invalid.Faults.Select(fault => $"{string.Join('.', fault.Loc)}: {fault.Message}"))
        : error.Message;

    /// <summary>Settings have a colon in their name, which no option of ours has.</summary>
    static (string[] Own, string[] Settings) Split(string[] args)
    {
        List<string> own = [], settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            var isSetting = args[i].StartsWith("--", StringComparison.Ordinal) && args[i].Split('=', 2)[0].Contains(':', StringComparison.Ordinal);
            (isSetting ? settings : own).Add(args[i]);
            if (isSetting && !args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
                settings.Add(args[++i]);
        }

        return ([.. own], [.. settings]);
    }
}
