using System.CommandLine;
using System.Globalization;
using Framelane.Application.ApiKeys.Create;
using Framelane.Application.ApiKeys.List;
using Framelane.Application.ApiKeys.Revoke;
using Framelane.Application.Common;
using Framelane.Application.Operators;
using Framelane.Application.Workspaces;
using Framelane.Domain.Workspaces;

namespace Framelane.Api.Operators;

/// <summary>All that an operator can do. Columns are separated by tabs; a key or secret stands alone on the last line.</summary>
static class OperatorCommands
{
    static readonly string[] Plans = WireNames.Of<Plan>();

    /// <param name="name">What all of them begin with.</param>
    public static RootCommand Root(string name) => new("Framelane")
    {
        new Command(name, "Works on the installation whose settings (--Framelane:…) it is given, as the server would.")
        {
            new Command("workspace", "Workspaces.") { CreateWorkspace(), ListWorkspaces(), SetPlan() },
            new Command("key", "API keys of a workspace.") { IssueKey(), ListKeys(), RevokeKey() },
            new Command("secret", "The signing secret of a workspace.") { RotateSecret() },
            new Command("secrets", "All that lies encrypted in the database.") { Reencrypt() },
        },
    };

    static OperatorCommand CreateWorkspace()
    {
        var name = new Option<string>("--name") { Description = "1 to 255 characters.", Required = true };
        var plan = new Option<string?>("--plan") { Description = "Left out, the installation's default." }.AcceptOnlyFromAmong(Plans);
        var email = new Option<string?>("--email") { Description = "Its owner's address, which counts as verified." };
        return new("create", "Makes a workspace, and prints its id and its first key.", async (call, token) =>
        {
            var made = await call.Sender.Send(new CreateWorkspaceCommand(call.Line.GetRequiredValue(name), PlanOf(call.Line.GetValue(plan)), call.Line.GetValue(email)), token);
            if (!made.IsSuccess)
                return made.Error;
            await WriteAsync(call, made.Value.Workspace);
            await call.WriteAsync(made.Value.ApiKey);
            return null;
        })
        {
            name, plan, email,
        };
    }

    static OperatorCommand ListWorkspaces() => new("list", "Prints all workspaces, newest first: id, name, plan, status of the plan, address.", async (call, token) =>
    {
        for (var page = new PageRequest(PageRequest.MaxLimit, null); ;)
        {
            var found = await call.Sender.Send(new ListWorkspacesQuery(page), token);
            foreach (var workspace in found.Items)
                await WriteAsync(call, workspace);
            if (found.NextKey is not { } next)
                return null;
            page = page with { After = next };
        }
    });

    static OperatorCommand SetPlan()
    {
        var (workspace, plan) = (Workspace(), new Argument<string>("plan").AcceptOnlyFromAmong(Plans));
        return new("set-plan", "Puts a workspace on a plan.", async (call, token) =>
        {
            var actor = await call.ActorAsync(workspace, token);
            if (!actor.IsSuccess)
                return actor.Error;
            var changed = await call.Sender.Send(new ChangePlanCommand(actor.Value, PlanOf(call.Line.GetRequiredValue(plan))!.Value), token);
            if (changed.IsSuccess)
                await WriteAsync(call, changed.Value);
            return changed.Error;
        })
        {
            workspace, plan,
        };
    }

    static OperatorCommand IssueKey()
    {
        var (workspace, name) = (Workspace(), new Option<string>("--name") { Description = "1 to 255 characters.", Required = true });
        return new("issue", "Makes a key, and prints its id and the key.", async (call, token) =>
        {
            var actor = await call.ActorAsync(workspace, token);
            if (!actor.IsSuccess)
                return actor.Error;
            var request = new CreateApiKeyRequest { Name = call.Line.GetRequiredValue(name) };
            if (request.Name.Length is 0 or > Domain.ApiKeys.ApiKey.MaxNameLength)
                return Application.Common.ValidationError.At("out_of_range", $"A name has 1 to {Domain.ApiKeys.ApiKey.MaxNameLength} characters.", "name");
            var made = await call.Sender.Send(new CreateApiKeyCommand(actor.Value, request), token);
            if (!made.IsSuccess)
                return made.Error;
            await call.WriteAsync(made.Value.Id, made.Value.Name);
            await call.WriteAsync(made.Value.Key);
            return null;
        })
        {
            workspace, name,
        };
    }

    static OperatorCommand ListKeys()
    {
        var workspace = Workspace();
        return new("list", "Prints all keys, newest first: id, name, first characters, when it was last used and revoked.", async (call, token) =>
        {
            var actor = await call.ActorAsync(workspace, token);
            if (!actor.IsSuccess)
                return actor.Error;
            foreach (var key in (await call.Sender.Send(new ListApiKeysQuery(actor.Value.WorkspaceId), token)).Data)
                await call.WriteAsync(key.Id, key.Name, key.KeyPrefix, Text(key.LastUsedAt), Text(key.RevokedAt));
            return null;
        })
        {
            workspace,
        };
    }

    static OperatorCommand RevokeKey()
    {
        var (workspace, key) = (Workspace(), new Argument<string>("key") { Description = "key_…" });
        return new("revoke", "Revokes a key: when it is done, no node accepts it.", async (call, token) =>
        {
            var actor = await call.ActorAsync(workspace, token);
            return actor.IsSuccess ? (await call.Sender.Send(new RevokeApiKeyCommand(actor.Value, call.Line.GetRequiredValue(key)), token)).Error : actor.Error;
        })
        {
            workspace, key,
        };
    }

    static OperatorCommand RotateSecret()
    {
        var workspace = Workspace();
        var grace = new Option<int>("--grace") { Description = $"Seconds for which the previous secret signs too, 0 to {GracePeriod.MaxSeconds}." };
        return new("rotate", "Replaces the signing secret, and prints the new one: when it is done, no node starts an attempt that lacks its signature.", async (call, token) =>
        {
            var (actor, seconds) = (await call.ActorAsync(workspace, token), call.Line.GetValue(grace));
            if (!actor.IsSuccess)
                return actor.Error;
            if (seconds is < 0 or > GracePeriod.MaxSeconds)
                return Application.Common.ValidationError.At("out_of_range", $"Must be between 0 and {GracePeriod.MaxSeconds}.", "grace");
            var rotated = await call.Sender.Send(new RotateSecretCommand(actor.Value, GracePeriod.OfSeconds(seconds)), token);
            if (rotated.IsSuccess)
                await call.WriteAsync(rotated.Value.Secret);
            return rotated.Error;
        })
        {
            workspace, grace,
        };
    }

    static OperatorCommand Reencrypt()
    {
        var file = new Option<string?>("--new-master-key") { Description = "The file of another master key, which takes the present one's place; made by `openssl rand -base64 32`." };
        return new("reencrypt", "Encrypts everything anew under a new key ring. No server may run meanwhile.", async (call, token) =>
        {
            var done = await call.Sender.Send(new ReencryptSecretsCommand(call.Line.GetValue(file) is { } path ? Path.GetFullPath(path) : null), token);
            if (!done.IsSuccess)
                return done.Error;
            await call.WriteAsync($"Encrypted anew: the secrets of {done.Value.Workspaces} workspaces, {done.Value.Answers} answers, {done.Value.Mails} mails.");
            return null;
        })
        {
            file,
        };
    }

    static Argument<string> Workspace() => new("workspace") { Description = "ws_…" };

    static Plan? PlanOf(string? name) => name is null ? null : Enum.GetValues<Plan>().Single(plan => WireNames.Of(plan) == name);

    static Task WriteAsync(OperatorCall call, WorkspaceResponse workspace) =>
        call.WriteAsync(workspace.Id, workspace.Name, WireNames.Of(workspace.Plan), WireNames.Of(workspace.PlanStatus), workspace.Email);

    static string? Text(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
