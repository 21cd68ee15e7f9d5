/* Generated from the routes of workers/api by `npm run generate`. Do not edit. */
/* eslint-disable */
import type { FlowDocument, Op } from "@uxflow/flow";
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the service up, and which build is it?
         * @description Public.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what reconciliation has found
         * @description May be called with: operator token.
         */
        get: operations["listReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reconciliation/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reconcile a workspace now, or the next ones in turn
         * @description May be called with: operator token.
         */
        post: operations["runReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report recurring revenue and credits by day
         * @description Of all workspaces. Definitions are in docs/revenue.md. With `Accept: text/csv` the days come as CSV.
         *
         *     May be called with: operator token.
         */
        get: operations["getRevenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/stripe-events/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events of Stripe that were given up
         * @description May be called with: operator token.
         */
        get: operations["listDeadStripeEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/stripe-events/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay events of Stripe that were given up
         * @description Each brings our state to what Stripe says now, so replaying one that is done does no harm.
         *
         *     May be called with: operator token.
         */
        post: operations["replayStripeEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspaces
         * @description May be called with: operator token.
         */
        get: operations["listWorkspaces"];
        put?: never;
        /**
         * Create a workspace and its first secret key
         * @description May be called with: operator token.
         */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/workspaces/{workspaceId}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant credits to a workspace
         * @description May be called with: operator token.
         */
        post: operations["grantCredits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the agents that the caller may run
         * @description May be called with: secret key, client token.
         */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List secret keys
         * @description May be called with: secret key.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create a secret key
         * @description May be called with: secret key.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a secret key
         * @description It and every client token it minted are refused within 60 s, open sockets included.
         *
         *     May be called with: secret key.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a secret key
         * @description The old value works `overlapSeconds` longer, so that servers can change over.
         *
         *     May be called with: secret key.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/auto-top-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Buy credits automatically when few are left
         * @description Off unless set. One payment at a time, never above the monthly cap; after a decline it waits.
         *
         *     May be called with: secret key.
         */
        put: operations["setAutoTopUp"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a page on which a plan or credits are bought
         * @description Both URLs must be on the workspace’s list (`PUT /v1/billing/return-urls`). What was bought arrives once the payment is confirmed, whether the person returns or not.
         *
         *     May be called with: secret key.
         */
        post: operations["createCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invoices
         * @description May be called with: secret key.
         */
        get: operations["listInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change, cancel or resume the plan
         * @description May be called with: secret key.
         */
        post: operations["changePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which plans and packs of credits there are
         * @description Public.
         */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a page for cards, invoices and cancelling
         * @description May be called with: secret key.
         */
        post: operations["createPortal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/return-urls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set where people may be led back to after paying
         * @description May be called with: secret key.
         */
        put: operations["setReturnUrls"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which plan the workspace is on, and what is due
         * @description May be called with: secret key.
         */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/client-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mint a client token
         * @description For one of your end users, to be handed to their page. Nothing is stored.
         *
         *     May be called with: secret key.
         */
        post: operations["createClientToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/client-tokens/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke client tokens
         * @description One by its `jti`, or all that a user holds now. Effective within 60 s, open sockets included.
         *
         *     May be called with: secret key.
         */
        post: operations["revokeClientTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the balance
         * @description A secret key sees the workspace's balance, a client token only its own user's budget. When the ledger does not answer, this is 503 `credits_unavailable` with `Retry-After`: AI runs are refused alike, and nothing is charged.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["getCredits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the budgets
         * @description What the workspace allows to keys, end users, tenants and agents. When the ledger does not answer, this is 503 `credits_unavailable` with `Retry-After`: AI runs are refused alike, and nothing is charged.
         *
         *     May be called with: secret key.
         */
        get: operations["getBudgets"];
        /**
         * Set the budgets
         * @description Replaces all of them. A run that one of its budgets has no room for is 402 `budget_exceeded`; what was spent before a budget was set counts in it. The webhook events `credits.low` and `credits.exhausted` tell once a window when 80 % and all of a budget are used.
         *
         *     May be called with: secret key.
         */
        put: operations["putBudgets"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what has moved credits
         * @description When the ledger does not answer, this is 503 `credits_unavailable` with `Retry-After`: AI runs are refused alike, and nothing is charged.
         *
         *     May be called with: secret key.
         */
        get: operations["listCreditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch the balance
         * @description A WebSocket that tells `{type: "credits", credits}` at once and after every change, where `credits` is what `GET /v1/credits` answers to the same credential. Offer the subprotocols `uxflow.v1` and `token.<credential>`; only `uxflow.v1` is echoed. Servers may send `Authorization` instead of the second.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["watchCredits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credits/pricing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What AI work costs
         * @description Public.
         */
        get: operations["getPricing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List flows
         * @description Newest first, without documents. A client token sees the flows that it may view.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["listFlows"];
        put?: never;
        /**
         * Create a flow
         * @description Empty, or from a `document` or a `mermaid` flowchart or state diagram. A client token needs `edit` on `*` or on `tenant:<its tenant>`; the flow belongs to the token's tenant.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["createFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a flow from a file
         * @description May be called with: secret key, client token.
         */
        post: operations["importFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a flow
         * @description With `at` as it stood at that clock, from the retained log or a version of that clock; else `not_retained` names the oldest clock in `oldestClock`.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["getFlow"];
        put?: never;
        post?: never;
        /**
         * Delete a flow
         * @description Open sockets are closed. It can be restored.
         *
         *     May be called with: secret key, client token.
         */
        delete: operations["deleteFlow"];
        options?: never;
        head?: never;
        /**
         * Rename a flow
         * @description Everything else is changed through commits.
         *
         *     May be called with: secret key, client token.
         */
        patch: operations["updateFlow"];
        trace?: never;
    };
    "/v1/flows/{flowId}/blame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who last changed what
         * @description For each record and field the commit that last wrote it, with its author and agent run. Undo and restore count for whoever did them.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["blameFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/commits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List commits
         * @description Oldest first. Applying the ops of commit n to the document at clock n − 1 gives it at n. The latest commits are retained; `not_retained` names the oldest clock in `oldestClock`.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["listCommits"];
        put?: never;
        /**
         * Edit a flow
         * @description The one door for edits. All ops are applied, or none.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["createCommit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare two states of a flow
         * @description What was added, removed and changed from one clock or version to another, field by field.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["diffFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a flow as a file
         * @description Nothing is fetched, pictures of screens neither. A PNG has at most 6 megapixels and is drawn with Inter: characters that it does not have (Chinese, Japanese, Korean, Arabic, Hebrew, emoji) are boxes; a flow too large for one is `limit_exceeded`, an SVG takes any.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["exportFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place the nodes of a flow
         * @description Pinned nodes never move. One undoable step.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["layoutFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check a flow against the lint rules
         * @description May be called with: secret key, client token.
         */
        get: operations["lintFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the live WebSocket of a flow
         * @description Offer the subprotocols `uxflow.v1` and `token.<credential>`; only `uxflow.v1` is echoed. Servers may send `Authorization` instead of the second.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["connectFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/paths": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the ways through a flow
         * @description A path leads from a start to where it first comes to an end. Measures of the whole flow come along.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["listPaths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List proposals
         * @description Newest first, without ops; those that were decided on too.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["listProposals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/proposals/{proposalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a proposal
         * @description With its ops, what each of them needs of the others, and what has changed since.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["getProposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a proposal before it is accepted
         * @description Its title, or open ops. An op keeps to the record that it is about, and one that could not land is refused.
         *
         *     May be called with: secret key, client token.
         */
        patch: operations["editProposal"];
        trace?: never;
    };
    "/v1/flows/{flowId}/proposals/{proposalId}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a proposal
         * @description One commit of the caller, which can be undone: all ops that are open, or those that `opIds` names; the others stay open. Ops without what they require are refused with `proposal_incomplete`, and `missingOpIds` names what is missing. Where others have changed the same since, the accepted value wins, and `conflicts` says so.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["acceptProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/proposals/{proposalId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a proposal
         * @description All ops that are open, or those that `opIds` names. The flow stays as it is.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["rejectProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/redo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redo the caller's last undone step
         * @description May be called with: secret key, client token.
         */
        post: operations["redo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted flow
         * @description May be called with: secret key, client token.
         */
        post: operations["restoreFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the runs on a flow
         * @description May be called with: secret key, client token.
         */
        get: operations["listRuns"];
        put?: never;
        /**
         * Run an agent on a flow
         * @description Credits are held first and settled when the run ends. With `Accept: text/event-stream` the answer is the run as it happens; closing it does not stop the run.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["createRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the caller's last step
         * @description An agent run is one step. Fields that somebody else has changed since stay, and `skipped` says so.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List versions
         * @description Newest first, without documents. Versions are made by name, and by themselves before an edit that ends a pause, after many edits, and before a version is restored; those are thinned out with time.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["listVersions"];
        put?: never;
        /**
         * Name a version
         * @description Keeps the flow as it stands, or stood at a retained clock, for good.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["createVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/versions/{versionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a version
         * @description May be called with: secret key, client token.
         */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{flowId}/versions/{versionId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a version
         * @description One commit of the caller that makes the flow what the version holds; it can be undone, and what stood before becomes a version too.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["restoreVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lint-config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how flows are checked
         * @description What the workspace has changed, and every rule there is, with its rationale and its source.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["getLintConfig"];
        /**
         * Set how flows are checked
         * @description Replaces the whole configuration; `{"rules": {}}` goes back to the rules as they come.
         *
         *     May be called with: secret key.
         */
        put: operations["putLintConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a run
         * @description A terminal status is shown only after its credits are settled.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a run
         * @description Edits that have landed stay, as one undo step; the run costs what was used only if some do. A run that has ended is answered as it is.
         *
         *     May be called with: secret key, client token.
         */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{runId}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch a run
         * @description From the start, or after `Last-Event-ID`; also when the run has ended long ago.
         *
         *     May be called with: secret key, client token.
         */
        get: operations["streamRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Report what runs have used
         * @description Costs over all time add up to `consumed` of the balance. With `Accept: text/csv` the groups come as CSV.
         *
         *     May be called with: secret key.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         * @description May be called with: secret key.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Create a webhook endpoint
         * @description Events of the workspace are POSTed to it as `WebhookEvent`, signed by Standard Webhooks, until it answers 2xx.
         *
         *     May be called with: secret key.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint and its delivery log
         * @description May be called with: secret key.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change, disable or enable a webhook endpoint
         * @description Disabling ends what is still on its way to it.
         *
         *     May be called with: secret key.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the delivery log of a webhook endpoint
         * @description Kept for 30 days.
         *
         *     May be called with: secret key.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description At once, with the same `webhook-id`; when that fails, all further attempts follow anew.
         *
         *     May be called with: secret key.
         */
        post: operations["retryWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret of a webhook endpoint
         * @description Both secrets sign for `overlapSeconds`, so that receivers can change over.
         *
         *     May be called with: secret key.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{endpointId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description `webhook.test`, to this endpoint alone. The answer comes at once: look at its deliveries.
         *
         *     May be called with: secret key.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptResult: components["schemas"]["CommitResult"] & {
            proposal: components["schemas"]["ProposalSummary"];
        };
        Agent: {
            id: string;
            name: string;
            description: string;
            builtIn: boolean;
            modes: ("apply" | "propose")[];
            defaultModel: string;
            models: components["schemas"]["AgentModel"][];
        };
        AgentModel: {
            id: string;
            label: string;
            /** @description True for a model that follows rules instead of understanding language. */
            ruleBased: boolean;
        };
        AgentPage: {
            data: components["schemas"]["Agent"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        ApiKey: {
            id: string;
            name: string;
            /** @enum {string} */
            mode: "live" | "test";
            /**
             * @description How the value begins; the rest is not kept.
             * @example uxf_sk_live_Ab3d
             */
            prefix: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Kept to the minute.
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
        };
        ApiKeyPage: {
            data: components["schemas"]["ApiKey"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        AutoTopUp: {
            enabled: boolean;
            /**
             * @description The pack that is bought.
             * @enum {string}
             */
            topUp: "small" | "medium" | "large";
            /** @description Micro-credits: a pack is bought when less is left. */
            threshold: number;
            /** @description US cents that may be charged this way in a calendar month (UTC). */
            monthlyCap: number;
            /**
             * @description US cents charged this way in the present month.
             * @example 2900
             */
            spentThisMonth: number;
        };
        /** @description Micro-credits. granted + debt = available + held + consumed + expired + clawedBack. */
        Balance: {
            /**
             * @description What new runs may use; excludes `held`.
             * @example 12500000
             */
            available: number;
            /**
             * @description Reserved by runs that have not ended.
             * @example 12500000
             */
            held: number;
            /**
             * @description All that was ever granted.
             * @example 12500000
             */
            granted: number;
            /**
             * @description All that runs have cost.
             * @example 12500000
             */
            consumed: number;
            /**
             * @description All that has expired unused.
             * @example 12500000
             */
            expired: number;
            /**
             * @description All that was taken back after refunds and disputes.
             * @example 12500000
             */
            clawedBack: number;
            /**
             * @description What was taken back beyond what was left.
             * @example 12500000
             */
            debt: number;
        };
        Blame: {
            /** @description The flow's commit counter. */
            clock: number;
            /** @description Clock of the commit that last named the flow. */
            name: number;
            records: components["schemas"]["RecordBlame"][];
            /** @description Who wrote the commits named above, by clock. */
            commits: components["schemas"]["CommitAuthor"][];
        };
        Budget: {
            /**
             * @description What is counted.
             * @enum {string}
             */
            scope: "key" | "user" | "tenant" | "agent";
            /**
             * @description Of the API key, end user, tenant or agent; `*` is each one that has no budget of its own.
             * @example *
             */
            id: string;
            /**
             * @description A UTC day or calendar month.
             * @enum {string}
             */
            per: "day" | "month";
            /**
             * @description What may be spent in each window.
             * @example 12500000
             */
            credits: number;
            /**
             * @description Spent in the present window. Absent for `*`.
             * @example 12500000
             */
            used?: number;
            /**
             * @description Reserved by runs that have not ended. Absent for `*`.
             * @example 12500000
             */
            held?: number;
            /**
             * @description What is left. Absent for `*`.
             * @example 12500000
             */
            remaining?: number;
            /**
             * Format: date-time
             * @description When the next window begins.
             */
            resetsAt: string;
        };
        Budgets: {
            budgets: components["schemas"]["Budget"][];
        };
        ChangePlan: {
            /**
             * @description Dearer: at once, the difference is charged now. Cheaper, or `free`, which cancels: at the end of the period. The present one: takes back a planned change or end, and resumes what was paused.
             * @enum {string}
             */
            plan: "free" | "starter" | "professional" | "enterprise";
        };
        /** @description What a client token sees: its own user's budget, never the workspace's balance. */
        ClientCredits: {
            /** @description null when the token sets no budget. */
            budget: {
                /**
                 * @description What the token allows in a window.
                 * @example 12500000
                 */
                limit: number;
                /**
                 * @description The window: a UTC day or calendar month.
                 * @enum {string}
                 */
                per: "day" | "month";
                /**
                 * @description What this user has spent in the present window, with whichever token.
                 * @example 12500000
                 */
                used: number;
                /**
                 * @description Reserved by this user's runs that have not ended.
                 * @example 12500000
                 */
                held: number;
                /**
                 * @description What is left of the limit.
                 * @example 12500000
                 */
                remaining: number;
                /**
                 * Format: date-time
                 * @description When the next window begins.
                 */
                resetsAt: string;
            } | null;
        };
        ClientToken: {
            token: string;
            /** @description Names the token, to revoke it. */
            jti: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Commit: {
            commitId: string;
            /** @description The flow's commit counter. */
            clock: number;
            ops: components["schemas"]["Op"][];
            actor: {
                id: string;
                name: string;
                avatarUrl?: string;
            };
            /** Format: date-time */
            at: string;
            runId?: string;
            message?: string;
            proposal?: components["schemas"]["CommitProposal"];
        };
        CommitAuthor: {
            /** @description The flow's commit counter. */
            clock: number;
            commitId?: string;
            actor: {
                id: string;
                name: string;
                avatarUrl?: string;
            };
            runId?: string;
            /** Format: date-time */
            at: string;
            proposal?: components["schemas"]["CommitProposal"];
        };
        CommitPage: {
            data: components["schemas"]["Commit"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        /** @description The proposal that the commit accepts, who proposed it, and the agent run it comes from. */
        CommitProposal: {
            id: string;
            author: {
                id: string;
                name: string;
                avatarUrl?: string;
            };
            runId?: string;
        };
        CommitResult: {
            /** @description The flow's commit counter. */
            clock: number;
            commitId: string;
            /** @description The ops as applied, referential clean-up included. */
            applied: components["schemas"]["Op"][];
            conflicts: components["schemas"]["Conflict"][];
        };
        /** @description A field that somebody else had changed since `baseClock`; the later writer has won. */
        Conflict: {
            kind: string;
            id: string;
            field: string;
            /** @description The flow's commit counter. */
            clock: number;
            /**
             * @description The sent value was left out: what it belongs to is gone.
             * @enum {boolean}
             */
            dropped?: true;
        };
        CreateApiKey: {
            name: string;
            /**
             * @default live
             * @enum {string}
             */
            mode: "live" | "test";
        };
        /** @description Either a plan or a pack of credits. */
        CreateCheckout: {
            /** @enum {string} */
            plan: "starter" | "professional" | "enterprise";
            successUrl: string;
            cancelUrl: string;
        } | {
            /** @enum {string} */
            topUp: "small" | "medium" | "large";
            successUrl: string;
            cancelUrl: string;
        };
        CreateClientToken: {
            user: {
                id: string;
                name: string;
                /** Format: uri */
                avatarUrl?: string;
            };
            /** @description Your own customer. Lists, search, usage and budgets of this token stay inside it. */
            tenantId?: string;
            /**
             * @description Flow id, `tenant:<id>` or `*` → permission.
             * @example {
             *       "tenant:acme": "edit"
             *     }
             */
            flows: {
                [key: string]: "view" | "comment" | "edit";
            };
            /**
             * @description Which agents may be run: all, none, or these.
             * @default false
             */
            agents: boolean | string[];
            /** @description Micro-credits that this user may spend in a window, over all their tokens. */
            budget?: {
                credits: number;
                /** @enum {string} */
                per: "day" | "month";
            };
            /** @description Pages that may use the token; any page when absent. */
            origins?: string[];
            /** @default 900 */
            expiresInSeconds: number;
        };
        CreateCommit: {
            /** @description At most 1000. */
            ops: components["schemas"]["Op"][];
            /** @description The clock you had seen; fields changed since by others are told in `conflicts`. */
            baseClock?: number;
            message?: string;
        };
        CreateFlow: {
            name: string;
            tenantId?: string;
            document?: components["schemas"]["FlowDocument"];
            /** @description A Mermaid flowchart or state diagram. */
            mermaid?: string;
        };
        CreatePortal: {
            /** @description The first of the list of return URLs unless told. */
            returnUrl?: string;
        };
        CreateRun: {
            /** @example designer */
            agent: string;
            /** @description What to draw or change, in words. */
            prompt: string;
            /**
             * @description apply: edits land at once. propose: they become one proposal when the run ends, to be accepted in whole or in part; a run that fails or is cancelled proposes nothing and costs nothing.
             * @default apply
             * @enum {string}
             */
            mode: "apply" | "propose";
            /** @description One of the agent's models; the default one when absent. */
            model?: string;
            /** @description Micro-credits that the run may cost at most. */
            maxCredits?: number;
        };
        CreateVersion: {
            name: string;
            description?: string;
            /** @description A retained clock; the current one when absent. */
            clock?: number;
        };
        CreateWebhookEndpoint: {
            /**
             * Format: uri
             * @description https, with a public host name. Redirects are not followed.
             * @example https://app.acme.example/webhooks/uxflow
             */
            url: string;
            /** @default  */
            description: string;
            /**
             * @description Events by name, families such as `flow.*`, or `*`. There are: flow.created, flow.updated, flow.deleted, flow.restored, run.succeeded, run.failed, run.cancelled, proposal.created, proposal.decided, credits.low, credits.exhausted, credits.topped_up, subscription.created, subscription.updated, subscription.past_due, subscription.ended, webhook_endpoint.disabled, webhook.test.
             * @default [
             *       "*"
             *     ]
             * @example [
             *       "run.*",
             *       "credits.exhausted"
             *     ]
             */
            eventTypes: ("*" | "flow.*" | "run.*" | "proposal.*" | "credits.*" | "subscription.*" | "webhook_endpoint.*" | "webhook.*" | "flow.created" | "flow.updated" | "flow.deleted" | "flow.restored" | "run.succeeded" | "run.failed" | "run.cancelled" | "proposal.created" | "proposal.decided" | "credits.low" | "credits.exhausted" | "credits.topped_up" | "subscription.created" | "subscription.updated" | "subscription.past_due" | "subscription.ended" | "webhook_endpoint.disabled" | "webhook.test")[];
        };
        CreateWorkspace: {
            name: string;
            /**
             * @description Its first key begins `uxf_sk_test_demo` and works only beside `npm start`.
             * @default false
             */
            demo: boolean;
        };
        CreditGrant: {
            entryId: string;
            available: number;
        };
        DeadStripeEvent: {
            /** @example evt_1Q… */
            id: string;
            type: string;
            attempts: number;
            error: string;
            /** Format: date-time */
            receivedAt: string;
        };
        DeadStripeEvents: {
            data: components["schemas"]["DeadStripeEvent"][];
        };
        DecideProposal: {
            /** @description All that are open when absent. */
            opIds?: string[];
        };
        DiffChange: {
            /** @enum {string} */
            kind: "node" | "edge" | "frame" | "persona";
            id: string;
            /** @description Its title or name; of an edge, where it leads from and to. */
            label: string;
            fields: {
                field: string;
                /** @description null where the field is absent. */
                before?: unknown;
                /** @description null where the field is absent. */
                after?: unknown;
            }[];
        };
        /** @description A record that only one side has. */
        DiffEntry: {
            /** @enum {string} */
            kind: "node" | "edge" | "frame" | "persona";
            id: string;
            /** @description Its title or name; of an edge, where it leads from and to. */
            label: string;
            value: {
                [key: string]: unknown;
            };
        };
        Drift: {
            id: string;
            workspaceId: string;
            /** @enum {string} */
            kind: "row_missing" | "row_altered" | "row_foreign" | "sums_wrong" | "balance" | "usage_cost" | "payment_without_grant" | "grant_without_payment" | "payment_amount" | "meter";
            /**
             * @description What differs.
             * @example entry 17
             */
            subject: string;
            /** @description What the authority says: the ledger, or Stripe for payments. */
            expected: string;
            found: string;
            /** @description Only copies are mended, never the ledger. */
            repaired: boolean;
            /**
             * Format: date-time
             * @description First seen.
             */
            at: string;
            /**
             * Format: date-time
             * @description Last seen.
             */
            seenAt: string;
        };
        DriftPage: {
            data: components["schemas"]["Drift"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        EditProposal: {
            title?: string;
            /** @description What stands in the place of open ops; each keeps to its record. */
            ops?: {
                opId: string;
                op: components["schemas"]["Op"];
            }[];
        };
        Flow: components["schemas"]["FlowSummary"] & {
            document: components["schemas"]["FlowDocument"];
        };
        FlowComplexity: {
            steps: number;
            transitions: number;
            decisions: number;
            starts: number;
            ends: number;
            /** @description Linearly independent ways through the flow. */
            cyclomatic: number;
            /** @description Groups of steps that lead back to themselves. */
            loops: number;
            /** @description Transitions from a start to the farthest step. */
            depth: number;
            /** @description Transitions from a start to the nearest end. */
            shortest: number | null;
            /** @description The most ways that lead out of one step. */
            widest: number;
            /** @description Transitions per step. */
            density: number;
        };
        FlowDiff: {
            from: {
                /** @description The flow's commit counter. */
                clock: number;
            };
            to: {
                /** @description The flow's commit counter. */
                clock: number;
            };
            /** @description Absent when the name is the same. */
            name?: {
                before: string;
                after: string;
            };
            added: components["schemas"]["DiffEntry"][];
            removed: components["schemas"]["DiffEntry"][];
            changed: components["schemas"]["DiffChange"][];
            /** @description The fewest ops that turn the one document into the other. */
            ops: components["schemas"]["Op"][];
        };
        FlowDocument: FlowDocument;
        FlowPage: {
            data: components["schemas"]["FlowSummary"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        FlowPath: {
            /** @description One more than the transitions. */
            nodeIds: string[];
            edgeIds: string[];
        };
        FlowSummary: {
            /** @example flw_01KA3… */
            id: string;
            name: string;
            /** @description The partner's own customer. */
            tenantId: string | null;
            /** @description The flow's commit counter. */
            clock: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        GrantCredits: {
            /** @description Micro-credits. */
            amount: number;
            note: string;
        };
        Health: {
            /** @enum {boolean} */
            ok: true;
            build: string;
        };
        HostedPage: {
            /** @description Lead the person there. */
            url: string;
        };
        ImportFlow: {
            /** @enum {string} */
            format: "json" | "mermaid" | "bpmn" | "drawio" | "excalidraw";
            /** @description The text of the file: BPMN 2.0 XML, draw.io XML plain or compressed, Excalidraw JSON, … */
            source: string;
            name?: string;
            tenantId?: string;
        };
        ImportResult: {
            flow: components["schemas"]["Flow"];
            /** @description What the source holds that a flow cannot, with its line. */
            warnings: string[];
        };
        Invoice: {
            id: string;
            number: string | null;
            /** @example paid */
            status: string;
            /**
             * @description In the smallest unit of the currency.
             * @example 2900
             */
            total: number;
            currency: string;
            /** Format: date-time */
            createdAt: string;
            /** @description Page on which it is read and paid. */
            url: string | null;
            pdfUrl: string | null;
        };
        InvoicePage: {
            data: components["schemas"]["Invoice"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        LayoutFlow: {
            /**
             * @description Where the flow runs to: down or to the right.
             * @default TB
             * @enum {string}
             */
            direction: "TB" | "LR";
            /** @description Only these are moved; all when absent. */
            nodeIds?: string[];
        };
        LedgerEntry: {
            /** @example ent_01KA3Y5V0D3T0X1W9G2B7C4M8Q */
            id: string;
            /** @enum {string} */
            kind: "grant" | "hold" | "settle" | "void" | "expire" | "rollover" | "reverse" | "repay" | "overage";
            /**
             * @description Signed change of `available`.
             * @example 12500000
             */
            amount: number;
            /**
             * @description Signed change of `held`.
             * @example 12500000
             */
            held: number;
            /** @description What it is about: the id of a run, or the key of a grant. */
            ref: string;
            /** Format: date-time */
            at: string;
        };
        LedgerEntryPage: {
            data: components["schemas"]["LedgerEntry"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        LintConfig: {
            rules: components["schemas"]["LintRules"];
            /** @description Every rule there is. */
            available: components["schemas"]["LintRule"][];
            /**
             * Format: date-time
             * @description Null while nothing was ever changed.
             */
            updatedAt: string | null;
        };
        LintIssue: {
            rule: string;
            /** @enum {string} */
            severity: "error" | "warning" | "info";
            message: string;
            nodeIds: string[];
            edgeIds: string[];
            /** @description Ops that mend it. */
            fix?: components["schemas"]["Op"][];
        };
        LintReport: {
            /** @description The flow's commit counter. */
            clock: number;
            issues: components["schemas"]["LintIssue"][];
        };
        LintRule: {
            id: string;
            /**
             * @description Unless changed by `rules`.
             * @enum {string}
             */
            severity: "error" | "warning" | "info";
            title: string;
            rationale: string;
            source: {
                name: string;
                url: string;
            };
        };
        /** @description Rules that are switched off or have another severity; the others keep their own. */
        LintRules: {
            /** @enum {string} */
            "dangling-edge"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "missing-start"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "missing-end"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "multiple-starts"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "unreachable-node"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "dead-end"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "decision-branches"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "unlabelled-branch"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "submit-without-error-path"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "duplicate-edge"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "self-loop"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "inescapable-loop"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "edge-into-start"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "edge-out-of-end"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "repeated-branch-label"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "destructive-without-confirmation"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "ambiguous-elements"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "unlabelled-element"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "auto-from-element"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "empty-title"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "error-ends-flow"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "submit-without-confirmation"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "order-without-review"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "timeout-without-recovery"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "screen-leaves-by-itself"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "loading-without-error"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "list-without-empty-state"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "redundant-entry"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "gesture-without-alternative"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "puzzle-without-alternative"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "unlinked-element"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "ambiguous-exits"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "redundant-decision"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "duplicate-title"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "placeholder-title"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "long-title"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "vague-label"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "inconsistent-wording"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "image-without-text"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "insecure-image"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "subflow-without-flow"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "empty-frame"?: "off" | "error" | "warning" | "info";
            /** @enum {string} */
            "unused-persona"?: "off" | "error" | "warning" | "info";
        };
        ModelPrice: {
            /** @description `openai-compatible` stands for every model behind that endpoint. */
            model: string;
            /** @description For 1,000 prompt tokens. */
            inputPer1k: number;
            /** @description For 1,000 prompt tokens read from the provider's cache. */
            cachedPer1k: number;
            /** @description For 1,000 tokens written, thinking included. */
            outputPer1k: number;
            /** @description The least that a run costs which costs anything. */
            minimumPerRun: number;
        };
        NewApiKey: components["schemas"]["ApiKey"] & {
            /** @description The secret key. Shown this once. */
            value: string;
        };
        NewWebhookEndpoint: components["schemas"]["WebhookEndpoint"] & {
            /**
             * @description Verifies what we send. Shown this once.
             * @example whsec_…
             */
            secret: string;
        };
        NewWorkspace: {
            workspace: components["schemas"]["Workspace"];
            key: components["schemas"]["NewApiKey"];
        };
        Op: Op;
        PathReport: {
            /** @description The flow's commit counter. */
            clock: number;
            paths: components["schemas"]["FlowPath"][];
            /** @description False when there are more paths than were listed; for `coverage`, when transitions that a path could take are left. */
            complete: boolean;
            /** @description For `coverage`: transitions on none of the paths; else empty. */
            uncovered: string[];
            complexity: components["schemas"]["FlowComplexity"];
        };
        Plan: {
            /** @enum {string} */
            id: "free" | "starter" | "professional" | "enterprise";
            name: string;
            /**
             * @description US cents a month.
             * @example 2900
             */
            pricePerMonth: number;
            /**
             * @description Micro-credits that each paid month brings.
             * @example 3000000000
             */
            monthlyCredits: number;
            /**
             * @description Micro-credits of the last month that are carried into the next at most.
             * @example 3000000000
             */
            rolloverCap: number;
            /** @description Requests of the workspace in a minute. */
            requestsPerMinute: number;
            /** @description People in the workspace. */
            members: number;
            /** @description AI runs at a time; more wait in a queue. */
            concurrentRuns: number;
            /** @description Days for which a flow can be read back. */
            historyDays: number;
            /** @description null where runs are refused once the credits are used up. */
            overage: {
                /** @description US cents for a credit used beyond the balance. */
                centsPerCredit: number;
                /**
                 * @description Micro-credits of overage in a billing period at most.
                 * @example 3000000000
                 */
                capPerPeriod: number;
            } | null;
            trial: {
                /** @description Length of the trial. */
                days: number;
                /**
                 * @description Micro-credits to try it with.
                 * @example 3000000000
                 */
                credits: number;
            } | null;
        };
        /** @description Cheapest first. */
        Plans: {
            /** @enum {string} */
            currency: "usd";
            plans: components["schemas"]["Plan"][];
            topUps: components["schemas"]["TopUp"][];
        };
        /** @description Micro-credits. */
        Pricing: {
            models: components["schemas"]["ModelPrice"][];
        };
        Problem: {
            /** @example urn:uxflow:error:invalid_request */
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "malformed_json" | "unauthenticated" | "token_expired" | "insufficient_credits" | "budget_exceeded" | "payment_failed" | "forbidden" | "secret_key_in_browser" | "origin_not_allowed" | "not_found" | "not_retained" | "method_not_allowed" | "conflict" | "idempotency_conflict" | "idempotency_in_progress" | "secret_already_shown" | "payload_too_large" | "unsupported_media_type" | "invalid_request" | "limit_exceeded" | "unknown_record" | "dangling_reference" | "proposal_incomplete" | "frame_cycle" | "rate_limited" | "internal" | "billing_unavailable" | "credits_unavailable" | "storage_unavailable" | "model_unavailable";
            detail: string;
            /** @description The request field that is wrong. */
            param?: string;
            issues?: {
                /** @description Dotted path of the field, e.g. `ops.3.value.title`. */
                path: string;
                /** @description What is wrong and how to mend it. */
                message: string;
            }[];
            requestId: string;
            /** @description 402 only: micro-credits that the call needs. */
            required?: number;
            /** @description 402 only: micro-credits that are left. */
            available?: number;
            /** @description `not_retained` only: the oldest clock that is retained. */
            oldestClock?: number;
            /** @description `proposal_incomplete` only: the ops that have to be accepted too. */
            missingOpIds?: string[];
        };
        Proposal: components["schemas"]["ProposalSummary"] & {
            /** @description Where the flow stood when `requires` and `conflicts` were told. */
            clock: number;
            /** @description At most one for each record. */
            ops: components["schemas"]["ProposalOp"][];
        };
        ProposalOp: {
            opId: string;
            op: components["schemas"]["Op"];
            /**
             * @description `dropped`: accepted when what it belongs to was gone already.
             * @enum {string}
             */
            state: "open" | "accepted" | "rejected" | "dropped";
            /** @description Open ops that have to be accepted before or together with this one. */
            requires: string[];
            /** @description What has changed since `baseClock` and this op would overwrite, or cannot do any more. */
            conflicts: components["schemas"]["Conflict"][];
            /** @description Why it cannot land on the flow as it stands; absent when it can. */
            blocked?: string;
            /** @description Who changed it after it was proposed. */
            editedBy?: {
                id: string;
                name: string;
                avatarUrl?: string;
            };
        };
        ProposalPage: {
            data: components["schemas"]["ProposalSummary"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        ProposalSummary: {
            /** @example prp_01KA3… */
            id: string;
            /**
             * @description `accepted` as soon as nothing is open any more and something of it was accepted.
             * @enum {string}
             */
            status: "open" | "accepted" | "rejected" | "expired";
            title: string;
            /** @description Who proposed it. */
            author: {
                id: string;
                name: string;
                avatarUrl?: string;
            };
            /** @description The agent run that it comes from. */
            runId?: string;
            /** @description The clock of the flow that its author had seen. */
            baseClock: number;
            /** @description How many ops it has in each state. */
            counts: {
                open: number;
                accepted: number;
                rejected: number;
                dropped: number;
            };
            /** @description What was accepted of it, by whom, oldest first. */
            commits: {
                /** @description The flow's commit counter. */
                clock: number;
                commitId: string;
                actor: {
                    id: string;
                    name: string;
                    avatarUrl?: string;
                };
                /** Format: date-time */
                at: string;
            }[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /**
             * Format: date-time
             * @description When it was decided on or expired.
             */
            endedAt?: string;
            endedBy?: {
                id: string;
                name: string;
                avatarUrl?: string;
            };
        };
        PutAutoTopUp: {
            enabled: boolean;
            /**
             * @description The pack that is bought.
             * @enum {string}
             */
            topUp: "small" | "medium" | "large";
            /** @description Micro-credits: a pack is bought when less is left. */
            threshold: number;
            /** @description US cents that may be charged this way in a calendar month (UTC). */
            monthlyCap: number;
        };
        PutLintConfig: {
            rules: components["schemas"]["LintRules"];
        };
        PutReturnUrls: {
            /**
             * @description A URL to which people return must begin with one of these: an origin, or a path within it.
             * @example [
             *       "https://app.example.com/billing"
             *     ]
             */
            urls: string[];
        };
        ReconciliationResult: {
            /** @description How many were looked at. */
            workspaces: number;
            /** @description Of those, how many could not be read. */
            failed: number;
            /** @description What was found, repaired or not. */
            drifts: number;
        };
        ReconciliationRun: {
            /** @description Without it, the next workspaces after those of the last run. */
            workspaceId?: string;
        };
        RecordBlame: {
            /** @enum {string} */
            kind: "node" | "edge" | "frame" | "persona";
            id: string;
            /** @description Its title or name; of an edge, where it leads from and to. */
            label: string;
            /** @description Clock of the commit that made it. */
            made: number;
            /** @description Clock of the commit that last wrote each field. */
            fields: {
                [key: string]: number;
            };
        };
        ReplayStripeEvents: {
            /** @description The oldest 20 that were given up when absent. */
            ids?: string[];
        };
        ReplayedStripeEvent: {
            id: string;
            /**
             * @description `retry`: it failed again and is tried by itself from now on.
             * @enum {string}
             */
            state: "done" | "unknown" | "retry" | "dead";
            error?: string;
        };
        ReplayedStripeEvents: {
            data: components["schemas"]["ReplayedStripeEvent"][];
        };
        ReturnUrls: {
            urls: string[];
        };
        Revenue: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            currency: "usd";
            days: components["schemas"]["RevenueDay"][];
            totals: components["schemas"]["RevenueTotals"];
        };
        /** @description Opening liability + sold + included + gifted + overage + rise of debt = consumed + expired + clawedBack + liability. */
        RevenueCredits: {
            /** @description Micro-credits. Bought in packs. */
            sold: number;
            /** @description Micro-credits. Brought by plans, trials too. */
            included: number;
            /** @description Micro-credits. Given by the operator. */
            gifted: number;
            /** @description Micro-credits. Used beyond the balance, to be invoiced. */
            overage: number;
            /** @description Micro-credits. What runs have cost. */
            consumed: number;
            /** @description Micro-credits. Expired, less what a late renewal brought back. */
            expired: number;
            /** @description Micro-credits. Taken back after refunds and disputes, less what was given back. */
            clawedBack: number;
            /** @description Micro-credits. Taken back beyond what was left, at the end. */
            debt: number;
            /** @description Micro-credits. What customers have and have not used, at the end. */
            liability: number;
            /** @description `liability` in US cents at list price. */
            liabilityCents: number;
        };
        RevenueDay: {
            /** Format: date */
            day: string;
            /** @description US cents. Monthly recurring revenue at the end. */
            mrr: number;
            /** @description US cents. Twelve times `mrr`. */
            arr: number;
            /** @description US cents. Of customers who had never paid before. */
            newMrr: number;
            /** @description US cents. More from those who paid already. */
            expansionMrr: number;
            /** @description US cents. Less from those who still pay. */
            contractionMrr: number;
            /** @description US cents. Of those who pay nothing any more. */
            churnMrr: number;
            /** @description US cents. Of those who had stopped and pay again. */
            reactivationMrr: number;
            /** @description Workspaces that pay, at the end. */
            customers: {
                starter: number;
                professional: number;
                enterprise: number;
            };
            credits: components["schemas"]["RevenueCredits"];
        };
        /** @description Movements are sums over the days. openingMrr + newMrr + expansionMrr + reactivationMrr − contractionMrr − churnMrr = mrr. */
        RevenueTotals: {
            /** @description US cents. Before the first day. */
            openingMrr: number;
            /** @description Micro-credits. Before the first day. */
            openingDebt: number;
            /** @description Micro-credits. Before the first day. */
            openingLiability: number;
            /** @description US cents. Monthly recurring revenue at the end. */
            mrr: number;
            /** @description US cents. Twelve times `mrr`. */
            arr: number;
            /** @description US cents. Of customers who had never paid before. */
            newMrr: number;
            /** @description US cents. More from those who paid already. */
            expansionMrr: number;
            /** @description US cents. Less from those who still pay. */
            contractionMrr: number;
            /** @description US cents. Of those who pay nothing any more. */
            churnMrr: number;
            /** @description US cents. Of those who had stopped and pay again. */
            reactivationMrr: number;
            /** @description Workspaces that pay, at the end. */
            customers: {
                starter: number;
                professional: number;
                enterprise: number;
            };
            credits: components["schemas"]["RevenueCredits"];
        };
        RevokeClientToken: {
            jti: string;
        } | {
            userId: string;
        };
        RotateApiKey: {
            /**
             * @description How long the old value still works beside the new one.
             * @default 86400
             */
            overlapSeconds: number;
        };
        RotateWebhookSecret: {
            /**
             * @description How long the old secret still signs beside the new one. Two are active at most.
             * @default 86400
             */
            overlapSeconds: number;
        };
        Run: {
            /** @example run_01KA3… */
            id: string;
            flowId: string;
            agent: string;
            model: string;
            /** @enum {string} */
            mode: "apply" | "propose";
            prompt: string;
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "cancelled";
            /** @description Micro-credits held for the run; it never costs more. */
            quote: number;
            /** @description Micro-credits charged: the sum of `items`. 0 until the run has ended. */
            cost: number;
            items: components["schemas"]["RunItem"][];
            /** @description The edits, oldest first. They are one undo step. */
            commitIds: string[];
            /** @description What a run in the mode `propose` has proposed, once it has ended. */
            proposalId?: string;
            /** @description What the agent says about its work. */
            reply?: string;
            /** @description Sentences of the prompt that were not used. */
            unused?: string[];
            /** @description Why it failed. */
            error?: {
                code: string;
                detail: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt?: string;
        };
        RunItem: {
            model: string;
            /** @description Cached ones included. */
            inputTokens: number;
            cachedTokens: number;
            /** @description Thinking included. */
            outputTokens: number;
            /** @description Micro-credits. */
            cost: number;
        };
        RunPage: {
            data: components["schemas"]["Run"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        /** @description All budgets at once; an empty list removes them. */
        SetBudgets: {
            budgets: {
                /**
                 * @description What is counted.
                 * @enum {string}
                 */
                scope: "key" | "user" | "tenant" | "agent";
                /**
                 * @description Of the API key, end user, tenant or agent; `*` is each one that has no budget of its own.
                 * @example *
                 */
                id: string;
                /**
                 * @description A UTC day or calendar month.
                 * @enum {string}
                 */
                per: "day" | "month";
                /**
                 * @description What may be spent in each window.
                 * @example 12500000
                 */
                credits: number;
            }[];
        };
        Subscription: {
            /**
             * @description The plan whose limits count now.
             * @enum {string}
             */
            plan: "free" | "starter" | "professional" | "enterprise";
            /** @enum {string} */
            state: "none" | "trialing" | "active" | "past_due" | "suspended" | "incomplete" | "paused" | "canceled";
            /** @description The state in words, for the people who pay. */
            message: string;
            subscription: {
                /**
                 * @description What is subscribed to, paid for or not.
                 * @enum {string}
                 */
                plan: "free" | "starter" | "professional" | "enterprise";
                /**
                 * @description US cents a month.
                 * @example 2900
                 */
                pricePerMonth: number;
                /** Format: date-time */
                periodStart: string;
                /** Format: date-time */
                periodEnd: string;
                /**
                 * Format: date-time
                 * @description When the trial ends and the first payment is due.
                 */
                trialEndsAt: string | null;
                /**
                 * Format: date-time
                 * @description When it ends, if it was cancelled.
                 */
                endsAt: string | null;
                /**
                 * @description The plan that begins with the next period.
                 * @enum {string|null}
                 */
                nextPlan: "free" | "starter" | "professional" | "enterprise" | null;
                /**
                 * @description A plan whose payment is not confirmed yet.
                 * @enum {string|null}
                 */
                pendingPlan: "free" | "starter" | "professional" | "enterprise" | null;
                /**
                 * Format: date-time
                 * @description Since when a payment is owed.
                 */
                owedSince: string | null;
                /** @description Where the open invoice is paid or confirmed. */
                payUrl: string | null;
            } | null;
            autoTopUp: components["schemas"]["AutoTopUp"];
            returnUrls: string[];
            /** @description What has happened, newest first, at most 20. */
            notices: {
                kind: string;
                detail: string;
                /** Format: date-time */
                at: string;
            }[];
        };
        TopUp: {
            /** @enum {string} */
            id: "small" | "medium" | "large";
            name: string;
            /**
             * @description US cents, once.
             * @example 2900
             */
            price: number;
            /**
             * @description Micro-credits; bought ones never expire.
             * @example 3000000000
             */
            credits: number;
        };
        UndoResult: components["schemas"]["CommitResult"] & {
            /** @description What could not be reverted, and why. */
            skipped: string[];
        };
        UpdateFlow: {
            name: string;
        };
        UpdateWebhookEndpoint: {
            /**
             * Format: uri
             * @description https, with a public host name. Redirects are not followed.
             * @example https://app.acme.example/webhooks/uxflow
             */
            url?: string;
            description?: string;
            /**
             * @description Events by name, families such as `flow.*`, or `*`. There are: flow.created, flow.updated, flow.deleted, flow.restored, run.succeeded, run.failed, run.cancelled, proposal.created, proposal.decided, credits.low, credits.exhausted, credits.topped_up, subscription.created, subscription.updated, subscription.past_due, subscription.ended, webhook_endpoint.disabled, webhook.test.
             * @example [
             *       "run.*",
             *       "credits.exhausted"
             *     ]
             */
            eventTypes?: ("*" | "flow.*" | "run.*" | "proposal.*" | "credits.*" | "subscription.*" | "webhook_endpoint.*" | "webhook.*" | "flow.created" | "flow.updated" | "flow.deleted" | "flow.restored" | "run.succeeded" | "run.failed" | "run.cancelled" | "proposal.created" | "proposal.decided" | "credits.low" | "credits.exhausted" | "credits.topped_up" | "subscription.created" | "subscription.updated" | "subscription.past_due" | "subscription.ended" | "webhook_endpoint.disabled" | "webhook.test")[];
            /**
             * @description Enabling it again forgets its failures; events of the time between are not sent.
             * @enum {string}
             */
            state?: "enabled" | "disabled";
        };
        Usage: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @enum {string} */
            groupBy: "day" | "agent" | "model" | "user" | "tenant" | "key" | "flow";
            data: components["schemas"]["UsageGroup"][];
            totals: components["schemas"]["UsageTotals"];
            /** @description True when there are more than 10,000 groups; `totals` has them all. */
            truncated: boolean;
        };
        UsageGroup: {
            /** @description The day or the id; null for runs without one (no end user, no tenant). */
            group: string | null;
            runs: number;
            succeeded: number;
            failed: number;
            cancelled: number;
            /** @description Prompt tokens, cached ones included. */
            inputTokens: number;
            cachedTokens: number;
            outputTokens: number;
            /** @description Micro-credits. */
            cost: number;
            /** @description Milliseconds of all runs together. */
            latency: number;
        };
        UsageTotals: {
            runs: number;
            succeeded: number;
            failed: number;
            cancelled: number;
            /** @description Prompt tokens, cached ones included. */
            inputTokens: number;
            cachedTokens: number;
            outputTokens: number;
            /** @description Micro-credits. */
            cost: number;
            /** @description Milliseconds of all runs together. */
            latency: number;
        };
        Version: components["schemas"]["VersionSummary"] & {
            document: components["schemas"]["FlowDocument"];
        };
        VersionPage: {
            data: components["schemas"]["VersionSummary"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        VersionSummary: {
            /** @example ver_01KA3… */
            id: string;
            /** @description The clock whose document it holds. */
            clock: number;
            /** @enum {string} */
            kind: "named" | "automatic";
            /** @description null for an automatic version. */
            name: string | null;
            description: string | null;
            /** @description Who named it; of an automatic version, who made its last edit. */
            actor: {
                id: string;
                name: string;
                avatarUrl?: string;
            };
            /**
             * Format: date-time
             * @description When it was named; of an automatic version, when its state was reached.
             */
            createdAt: string;
        };
        WebhookAttempt: {
            /** Format: date-time */
            at: string;
            durationMs: number;
            /** @description Absent when no answer came. */
            status?: number;
            /** @description Why it counts as failed. */
            error?: string;
            /** @description How the answer's body began. */
            response?: string;
        };
        WebhookDelivery: {
            /** @example dlv_01KA3… */
            id: string;
            endpointId: string;
            /** @description `webhook-id` of every attempt. */
            eventId: string;
            eventType: string;
            /** @enum {string} */
            state: "pending" | "succeeded" | "failed";
            /** @description Oldest first; the last 40 are kept. */
            attempts: components["schemas"]["WebhookAttempt"][];
            /**
             * Format: date-time
             * @description While pending.
             */
            nextAttemptAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt: string | null;
        };
        WebhookDeliveryPage: {
            data: components["schemas"]["WebhookDelivery"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        WebhookEndpoint: {
            /** @example whk_01KA3… */
            id: string;
            url: string;
            description: string;
            eventTypes: string[];
            /** @enum {string} */
            state: "enabled" | "disabled";
            /**
             * @description `failing`: every attempt of five days has failed. `gone`: it answered 410. `request`: you did it.
             * @enum {string|null}
             */
            disabledReason: "request" | "failing" | "gone" | null;
            /** Format: date-time */
            disabledAt: string | null;
            /** @description Attempts that failed since the last one that succeeded. */
            failures: number;
            /** Format: date-time */
            failingSince: string | null;
            /** Format: date-time */
            lastSuccessAt: string | null;
            /**
             * Format: date-time
             * @description Until then the secret before the present one signs along.
             */
            previousSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookEndpointPage: {
            data: components["schemas"]["WebhookEndpoint"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
        /** @description What is POSTed to webhook endpoints. */
        WebhookEvent: {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "flow.created";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                flow: components["schemas"]["FlowSummary"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "flow.updated";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                flow: components["schemas"]["FlowSummary"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "flow.deleted";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                flow: components["schemas"]["FlowSummary"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "flow.restored";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                flow: components["schemas"]["FlowSummary"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "run.succeeded";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                run: components["schemas"]["Run"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "run.failed";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                run: components["schemas"]["Run"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "run.cancelled";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                run: components["schemas"]["Run"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "proposal.created";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                flowId: string;
                proposal: components["schemas"]["ProposalSummary"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "proposal.decided";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                flowId: string;
                proposal: components["schemas"]["ProposalSummary"];
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "credits.low";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                /** @description Micro-credits. */
                available: number;
                /** @description Of what the alert counts, e.g. 80. */
                percentUsed?: number;
                /** @description The budget that is running out; absent for the whole workspace. */
                budget?: string;
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "credits.exhausted";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                /** @description Micro-credits. */
                available: number;
                /** @description Of what the alert counts, e.g. 80. */
                percentUsed?: number;
                /** @description The budget that is running out; absent for the whole workspace. */
                budget?: string;
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "credits.topped_up";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                /** @description Micro-credits. */
                available: number;
                /** @description Micro-credits. */
                amount: number;
                /** @description Where they come from, e.g. `purchase`. */
                source: string;
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "subscription.created";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                subscription: {
                    plan: string;
                    status: string;
                    /** Format: date-time */
                    currentPeriodEnd: string | null;
                    cancelAtPeriodEnd: boolean;
                };
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "subscription.updated";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                subscription: {
                    plan: string;
                    status: string;
                    /** Format: date-time */
                    currentPeriodEnd: string | null;
                    cancelAtPeriodEnd: boolean;
                };
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "subscription.past_due";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                subscription: {
                    plan: string;
                    status: string;
                    /** Format: date-time */
                    currentPeriodEnd: string | null;
                    cancelAtPeriodEnd: boolean;
                };
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "subscription.ended";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                subscription: {
                    plan: string;
                    status: string;
                    /** Format: date-time */
                    currentPeriodEnd: string | null;
                    cancelAtPeriodEnd: boolean;
                };
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "webhook_endpoint.disabled";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                endpoint: {
                    id: string;
                    url: string;
                    /** @enum {string} */
                    reason: "failing" | "gone";
                    /** Format: date-time */
                    disabledAt: string;
                };
            };
        } | {
            /** @description The same as `webhook-id`; names the event at each attempt. */
            id: string;
            /** @enum {string} */
            type: "webhook.test";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            data: {
                message: string;
            };
        };
        Workspace: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
        };
        WorkspacePage: {
            data: components["schemas"]["Workspace"][];
            /** @description null on the last page. */
            nextCursor: string | null;
        };
    };
    responses: never;
    parameters: {
        /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    listReconciliation: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                workspaceId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DriftPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runReconciliation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReconciliationRun"];
            };
        };
        responses: {
            /** @description What was done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationResult"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. `billing_unavailable`: Nothing can be bought or changed right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRevenue: {
        parameters: {
            query?: {
                /** @description First UTC day; by default 30 days before `to`. */
                from?: string;
                /** @description The UTC day after the last one; by default tomorrow. At most 366 days after `from`. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description UTC days in order, and the whole range. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revenue"];
                    "text/csv": string;
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadStripeEvents: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadStripeEvents"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayStripeEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayStripeEvents"];
            };
        };
        responses: {
            /** @description What came of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedStripeEvents"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspacePage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspace"];
            };
        };
        responses: {
            /** @description The workspace and its key, whose value is shown this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWorkspace"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `secret_already_shown`: The secret was shown once already. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    grantCredits: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantCredits"];
            };
        };
        responses: {
            /** @description The ledger entry and what is available after it, in micro-credits. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditGrant"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgents: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every agent on one page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. Values are not kept and not shown. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description The key with its value, shown this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `secret_already_shown`: The secret was shown once already. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateApiKey"];
            };
        };
        responses: {
            /** @description The new key with its value, shown this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `secret_already_shown`: The secret was shown once already. `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAutoTopUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutAutoTopUp"];
            };
        };
        responses: {
            /** @description As it is set now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutoTopUp"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_unavailable`: Nothing can be bought or changed right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCheckout"];
            };
        };
        responses: {
            /** @description The page. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostedPage"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payment_failed`: The payment was declined. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_unavailable`: Nothing can be bought or changed right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoicePage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_unavailable`: Nothing can be bought or changed right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePlan"];
            };
        };
        responses: {
            /** @description The subscription as it is after the change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payment_failed`: The payment was declined. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_unavailable`: Nothing can be bought or changed right now. `credits_unavailable`: Credits cannot be checked right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Plans with their prices and limits, and packs of credits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plans"];
                };
            };
        };
    };
    createPortal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreatePortal"];
            };
        };
        responses: {
            /** @description The page. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostedPage"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payment_failed`: The payment was declined. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_unavailable`: Nothing can be bought or changed right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setReturnUrls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutReturnUrls"];
            };
        };
        responses: {
            /** @description The list as it is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnUrls"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_unavailable`: Nothing can be bought or changed right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan in force, the subscription and what has happened. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `billing_unavailable`: Nothing can be bought or changed right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createClientToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateClientToken"];
            };
        };
        responses: {
            /** @description The token and when it ends, at most 15 minutes from now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientToken"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `secret_already_shown`: The secret was shown once already. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeClientTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevokeClientToken"];
            };
        };
        responses: {
            /** @description Revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCredits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance, or the budget of the end user. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"] | components["schemas"]["ClientCredits"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every budget, with what is left of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budgets"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBudgets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetBudgets"];
            };
        };
        responses: {
            /** @description The budgets as they now are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budgets"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCreditEntries: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntryPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watchCredits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The socket is open. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPricing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prices of every model, in micro-credits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pricing"];
                };
            };
        };
    };
    listFlows: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Part of the name. */
                q?: string;
                tenantId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of flows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createFlow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFlow"];
            };
        };
        responses: {
            /** @description The flow. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_exceeded`: A limit would be passed. `dangling_reference`: A reference points at nothing. `frame_cycle`: Frames would contain each other. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importFlow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportFlow"];
            };
        };
        responses: {
            /** @description The flow, and what could not be taken over. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_exceeded`: A limit would be passed. `dangling_reference`: A reference points at nothing. `frame_cycle`: Frames would contain each other. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFlow: {
        parameters: {
            query?: {
                /** @description Read the flow as it stood at this clock. */
                at?: number | null;
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The flow with its document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_retained`: So far back the history is no longer retained. `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Stored documents cannot be read right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateFlow"];
            };
        };
        responses: {
            /** @description The flow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    blameFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Clocks by record and field, and the authors of those commits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Blame"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCommits: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only commits after this clock; from the oldest retained one on when absent. */
                after?: number | null;
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of commits. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_retained`: So far back the history is no longer retained. `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCommit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCommit"];
            };
        };
        responses: {
            /** @description What was applied. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitResult"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unknown_record`: An op names a record that is not there. `dangling_reference`: A reference points at nothing. `frame_cycle`: Frames would contain each other. `limit_exceeded`: A limit would be passed. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffFlow: {
        parameters: {
            query: {
                /** @description A clock, or the id of a version. */
                from: string;
                /** @description A clock, or the id of a version; the flow as it stands when absent. */
                to?: string;
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The difference. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowDiff"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_retained`: So far back the history is no longer retained. `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Stored documents cannot be read right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportFlow: {
        parameters: {
            query?: {
                format?: "json" | "mermaid" | "state-diagram" | "bpmn" | "svg" | "png" | "markdown" | "xstate" | "playwright" | "gherkin";
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file; its name stands in Content-Disposition. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowDocument"];
                    "text/vnd.mermaid": string;
                    "application/xml": string;
                    "image/svg+xml": string;
                    "image/png": string;
                    "text/markdown": string;
                    "text/plain": string;
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_exceeded`: A limit would be passed. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    layoutFlow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LayoutFlow"];
            };
        };
        responses: {
            /** @description The commit that moved them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitResult"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unknown_record`: An op names a record that is not there. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lintFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is wrong, and the clock it was found at. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintReport"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    connectFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The socket is open. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPaths: {
        parameters: {
            query?: {
                /** @description Every way; the shortest one; or few ways that take every transition. */
                kind?: "all" | "shortest" | "coverage";
                /** @description Node ids where paths begin instead of the starts, separated by commas. */
                from?: string;
                /** @description Node ids where paths are complete instead of the ends, separated by commas. */
                to?: string;
                /** @description For `all`: how often a path may come back to the same step. */
                loops?: number;
                /** @description At most so many paths. */
                limit?: number;
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The paths, and the clock they were found at. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathReport"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unknown_record`: An op names a record that is not there. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProposals: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                status?: "open" | "accepted" | "rejected" | "expired";
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of proposals. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
                proposalId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The proposal with its ops. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    editProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
                proposalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditProposal"];
            };
        };
        responses: {
            /** @description The proposal as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unknown_record`: An op names a record that is not there. `dangling_reference`: A reference points at nothing. `frame_cycle`: Frames would contain each other. `limit_exceeded`: A limit would be passed. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptProposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
                proposalId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DecideProposal"];
            };
        };
        responses: {
            /** @description What was applied, and the proposal as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptResult"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unknown_record`: An op names a record that is not there. `dangling_reference`: A reference points at nothing. `frame_cycle`: Frames would contain each other. `limit_exceeded`: A limit would be passed. `invalid_request`: Invalid request. `proposal_incomplete`: Ops of a proposal need others of it. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectProposal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
                proposalId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DecideProposal"];
            };
        };
        responses: {
            /** @description The proposal as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProposalSummary"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was applied again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoResult"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreFlow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The flow, as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. A run under way is shown as it began; read it by its id for more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRun"];
            };
        };
        responses: {
            /** @description AI SDK UI message stream: server-sent events, each with its `id`, ending with `[DONE]`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The run, queued or already on its way. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_credits`: Not enough credits. `budget_exceeded`: The budget of this credential is used up. */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. `model_unavailable`: The model is not available. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was reverted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoResult"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateVersion"];
            };
        };
        responses: {
            /** @description The version. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionSummary"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_retained`: So far back the history is no longer retained. `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_exceeded`: A limit would be passed. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flowId: string;
                versionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version with its document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Stored documents cannot be read right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                flowId: string;
                versionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was applied. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitResult"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. `dangling_reference`: A reference points at nothing. `frame_cycle`: Frames would contain each other. `limit_exceeded`: A limit would be passed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `storage_unavailable`: Stored documents cannot be read right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLintConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configuration of the workspace. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintConfig"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putLintConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutLintConfig"];
            };
        };
        responses: {
            /** @description The configuration as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintConfig"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run as it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run; its terminal status follows within a second or so. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description Go on after this event; from the start when absent. */
                "last-event-id"?: string;
            };
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description AI SDK UI message stream: server-sent events, each with its `id`, ending with `[DONE]`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /** @description Runs that ended then or later; by default 30 days before `to`. */
                from?: string;
                /** @description Runs that ended earlier than that; by default now. At most 366 days after `from`. */
                to?: string;
                /** @description What makes a group; days are UTC days. */
                groupBy?: "day" | "agent" | "model" | "user" | "tenant" | "key" | "flow";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Days in order; other groups by cost, dearest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                    "text/csv": string;
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `credits_unavailable`: Credits cannot be checked right now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. Secrets are not shown. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhookEndpoint"];
            };
        };
        responses: {
            /** @description The endpoint with its secret, shown this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `secret_already_shown`: The secret was shown once already. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `limit_exceeded`: A limit would be passed. `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhookEndpoint"];
            };
        };
        responses: {
            /** @description The endpoint as it now is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Rows in a page, 1 to 100. */
                limit?: number;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                state?: "pending" | "succeeded" | "failed";
            };
            header?: never;
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateWebhookSecret"];
            };
        };
        responses: {
            /** @description The endpoint with its new secret, shown this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            /** @description `malformed_json`: The body is not valid JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `secret_already_shown`: The secret was shown once already. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: Too many bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: Unsupported content type. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any unique text. The same call again with the same key has its effect once; kept at least 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                endpointId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `unauthenticated`: Missing or unknown credential. `token_expired`: The client token has expired. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `forbidden`: This credential may not do that. `secret_key_in_browser`: A secret key was used from a browser. `origin_not_allowed`: This origin may not use this token. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `conflict`: Conflict with the current state. `idempotency_conflict`: Idempotency key was used with another request. `idempotency_in_progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `invalid_request`: Invalid request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
